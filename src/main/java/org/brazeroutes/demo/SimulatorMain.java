package org.brazeroutes.demo;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Runs a simulator until it is stopped, for benchmarks and for trying things by hand. */
@Command(name = "simulator", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Simulates Braze's REST export API on loopback.")
public final class SimulatorMain implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "8089", description = "0 takes any free port")
    private int port;
    @Option(names = "--key", defaultValue = SimulatorOptions.DEFAULT_KEY, description = "the only API key it accepts")
    private String key;
    @Option(names = "--seed", defaultValue = "1", description = "same seed and sizes, same content")
    private long seed;
    @Option(names = "--campaigns", defaultValue = "40")
    private int campaigns;
    @Option(names = "--canvases", defaultValue = "6")
    private int canvases;
    @Option(names = "--segments", defaultValue = "8")
    private int segments;
    @Option(names = "--events", defaultValue = "30")
    private int events;
    @Option(names = "--cards", defaultValue = "5")
    private int cards;
    @Option(names = "--time-zone", defaultValue = "UTC", description = "the company's zone, e.g. Europe/Berlin")
    private ZoneId zone;
    @Option(names = "--ending-at", defaultValue = "inclusive", description = "inclusive or half-open")
    private EndingAt endingAt;
    @Option(names = "--latency", defaultValue = "0ms", description = "time before each answer, e.g. 200ms")
    private Duration latency;
    @Option(names = "--limit", description = "requests per window of the bucket default, names or campaign-series, "
            + "e.g. default=600/1m; Braze's own without it", showDefaultValue = Visibility.NEVER)
    private Map<String, RateLimit> limits = new LinkedHashMap<>();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SimulatorMain())
                .registerConverter(Duration.class, SimulatorMain::length)
                .registerConverter(RateLimit.class, SimulatorMain::limit)
                .registerConverter(EndingAt.class, text -> EndingAt.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.USAGE;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        World world = World.builder().seed(seed).zone(zone).campaigns(campaigns).canvases(canvases).segments(segments)
                .events(events).cards(cards).build();
        SimulatorOptions options = SimulatorOptions.defaults().port(port).apiKey(key).latency(latency)
                .endingAt(endingAt);
        for (Map.Entry<String, RateLimit> limit : limits.entrySet()) {
            options = options.limit(limit.getKey(), limit.getValue());
        }
        try (Simulator simulator = Simulator.start(world, options)) {
            System.out.println("url " + simulator.uri());
            System.out.println("key " + simulator.apiKey());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("answered " + simulator.log().count()
                    + ", at once " + simulator.log().highestInFlight())));
            new CountDownLatch(1).await();
        }
        return 0;
    }

    /** {@code 200ms}, {@code 5s}, {@code 1m} or {@code 1h}. */
    private static Duration length(String text) {
        return text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private static RateLimit limit(String text) {
        String[] parts = text.split("/", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("a limit looks like 600/1m");
        }
        return new RateLimit(Integer.parseInt(parts[0]), length(parts[1]));
    }
}
