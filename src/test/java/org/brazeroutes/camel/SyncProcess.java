package org.brazeroutes.camel;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.stream.SyncMode;

/** One sync of some streams in a process of its own that may be killed; Hadoop's classes are not on its class path. */
final class SyncProcess {

    private static final int COMPLETE = 0;
    private static final int NOT_COMPLETE = 1;

    private SyncProcess() {
    }

    /** Into files. */
    static Process start(URI endpoint, String key, Path directory, Instant now, LocalDate startDate, FileOptions.Format format, String... streams)
            throws IOException {
        return start(directory, List.of(endpoint.toString(), key, directory.toString(), now.toString(), startDate.toString(), format.name(),
                String.join(",", streams)));
    }

    /** Into the tables of that fixture, in its modes; all streams without a name. */
    static Process start(SyncFixture fixture, Path directory, String... streams) throws IOException {
        return start(directory, List.of(fixture.endpoint.toString(), fixture.key, directory.toString(), fixture.clock.instant().toString(),
                fixture.startDate.orElseThrow().toString(), fixture.product.name(), String.join(",", streams), fixture.login.url(),
                fixture.login.username(), fixture.login.password(), fixture.login.schema(),
                fixture.modes.entrySet().stream().map(Object::toString).collect(Collectors.joining(","))));
    }

    private static Process start(Path directory, List<String> arguments) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("hadoop-client")).collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", classPath, SyncProcess.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Files.createDirectories(directory);
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("process.log").toFile())).start();
    }

    /** Ends with 0 if every stream is complete. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[2]);
        SyncFixture fixture = new SyncFixture(URI.create(args[0]), args[1], directory, Clock.fixed(Instant.parse(args[3]), ZoneOffset.UTC));
        // a test may hold an answer back for as long as another process needs
        fixture.requestTimeout = Duration.ofMinutes(2);
        fixture.startDate = Optional.of(LocalDate.parse(args[4]));
        if (args.length > 7) {
            fixture.product = Product.valueOf(args[5]);
            fixture.login = new Product.Login(args[7], args[8], args[9], args[10]);
            Arrays.stream(args[11].split(",")).filter(mode -> !mode.isEmpty()).map(mode -> mode.split("="))
                    .forEach(mode -> fixture.modes.put(mode[0], SyncMode.valueOf(mode[1].toUpperCase(Locale.ROOT))));
        } else {
            // small files, so that many of them are finished
            fixture.sink = new SinkOptions.Files(new FileOptions(directory.resolve("files"), FileOptions.Format.valueOf(args[5]), false, 15_000,
                    Duration.ofMinutes(5)));
        }
        Collection<PassResult> results = fixture.sync(args[6].isEmpty() ? new String[0] : args[6].split(",")).values();
        results.forEach(System.out::println);
        System.exit(results.stream().allMatch(result -> result.result() == Result.COMPLETE) ? COMPLETE : NOT_COMPLETE);
    }
}
