import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Times whole processes of the packaged jar against the built-in simulator on this machine: cold JVM, from start to exit. Run it in
 * the project's folder after the build: {@code java bench/Bench.java [--runs N] [--java-options "…"] [CASE…]}.
 */
public class Bench {

    private static final Path JAR = Path.of("target/braze-routes.jar").toAbsolutePath();
    private static final LocalDate START = LocalDate.now().minusDays(1095);
    private static final String SERIES = "--campaigns 300 --canvases 1 --segments 1 --events 1 --cards 1";
    private static final String ALL = "--campaigns 60 --canvases 12 --segments 26 --events 60 --cards 5";

    /** What is synced, from which simulated workspace, and whether a first sync goes before the one that is timed. */
    record Case(String name, String world, String arguments, boolean second) {
    }

    private static final List<Case> CASES = List.of(
            new Case("series-jsonl", SERIES, "sync campaigns campaigns_analytics --set sink=file", false),
            new Case("series-h2", SERIES, "sync campaigns campaigns_analytics --set sink.jdbc.unnest=false", false),
            new Case("series-h2-second", SERIES, "sync campaigns campaigns_analytics --set sink.jdbc.unnest=false", true),
            new Case("all-jsonl", ALL, "sync --set sink=file", false),
            new Case("all-h2", ALL, "sync", false),
            new Case("all-h2-second", ALL, "sync", true));

    record Run(double wall, double cpu, long peakMb, long rows, long requests) {
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        int runs = Integer.parseInt(option(words, "--runs", "5"));
        String javaOptions = option(words, "--java-options", "");
        System.out.printf("%d processors, Java %s, options: %s%n", Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"), javaOptions.isEmpty() ? "none" : javaOptions);
        System.out.printf("%-18s %9s %9s %-22s %10s %12s %8s%n", "case", "rows", "requests", "wall s (min med max)", "rows/s",
                "CPU s/100k", "peak MB");
        for (Case each : CASES) {
            if (words.isEmpty() || words.contains(each.name)) {
                print(each, measure(each, runs, javaOptions));
            }
        }
    }

    private static List<Run> measure(Case each, int runs, String javaOptions) throws Exception {
        Path work = Files.createTempDirectory("bench");
        Process simulator = java(work, "sim", "-XX:TieredStopAtLevel=1", "-cp", JAR.toString(), "org.brazeroutes.demo.SimulatorMain --port 0", each.world);
        try {
            String url = await(work.resolve("sim.out"), "url (\\S+)");
            String key = await(work.resolve("sim.out"), "key (\\S+)");
            List<Run> measured = new ArrayList<>();
            for (int i = 0; i <= runs; i++) {
                Path folder = Files.createDirectory(work.resolve("run" + i));
                if (each.second) {
                    run(folder, each, url, key, javaOptions);
                }
                Run run = run(folder, each, url, key, javaOptions);
                if (i > 0) { // the first one warms the simulator
                    measured.add(run);
                }
                delete(folder);
            }
            return measured;
        } finally {
            simulator.destroy();
            simulator.waitFor();
            delete(work);
        }
    }

    private static Run run(Path folder, Case each, String url, String key, String javaOptions) throws Exception {
        long start = System.nanoTime();
        Process process = java(folder, "run", Stream.of(javaOptions, "-jar", JAR.toString(), each.arguments, "--json",
                "--set braze.endpoint=" + url, "--set braze.start-date=" + START).toArray(String[]::new), Map.of("BRAZE_API_KEY", key));
        long peak = 0;
        Duration cpu = Duration.ZERO;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKb(process.pid()));
            cpu = process.info().totalCpuDuration().orElse(cpu);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        String out = Files.readString(folder.resolve("run.out"));
        if (process.exitValue() != 0) {
            throw new IllegalStateException(each.name + " ended with " + process.exitValue() + ": " + Files.readString(folder.resolve("run.err")));
        }
        return new Run(wall, cpu.toMillis() / 1000.0, peak / 1024, sum(out, "records"), sum(out, "requests"));
    }

    private static void print(Case each, List<Run> runs) {
        double[] walls = runs.stream().mapToDouble(Run::wall).sorted().toArray();
        double median = walls[walls.length / 2];
        double cpu = runs.stream().mapToDouble(Run::cpu).sorted().toArray()[runs.size() / 2];
        Run last = runs.get(runs.size() - 1);
        System.out.printf(Locale.ROOT, "%-18s %9d %9d %6.2f %6.2f %6.2f   %10.0f %12.2f %8d%n", each.name, last.rows, last.requests, walls[0],
                median, walls[walls.length - 1], last.rows / median, cpu * 100_000 / Math.max(1, last.rows),
                runs.stream().mapToLong(Run::peakMb).max().orElse(0));
    }

    private static Process java(Path folder, String name, String... words) throws IOException {
        return java(folder, name, words, Map.of());
    }

    private static Process java(Path folder, String name, String[] words, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        Stream.of(words).flatMap(word -> Stream.of(word.split(" "))).filter(word -> !word.isEmpty()).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.matches("(BRAZE|SINK|SYNC|STREAM|STATE|ROUTES|HTTP)_.*"));
        builder.environment().putAll(new LinkedHashMap<>(environment));
        return builder.redirectOutput(folder.resolve(name + ".out").toFile()).redirectError(folder.resolve(name + ".err").toFile()).start();
    }

    private static long peakKb(long pid) {
        try {
            Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+)").matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String await(Path file, String pattern) throws Exception {
        for (int i = 0; i < 200; i++) {
            Matcher found = Pattern.compile(pattern).matcher(Files.exists(file) ? Files.readString(file) : "");
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("the simulator did not start; build the jar first: mvn -q -DskipTests package");
    }

    private static long sum(String json, String field) {
        return Pattern.compile("\"" + field + "\":(\\d+)").matcher(json).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    }

    private static String option(List<String> words, String name, String without) {
        int at = words.indexOf(name);
        if (at < 0) {
            return without;
        }
        words.remove(at);
        return words.remove(at);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
