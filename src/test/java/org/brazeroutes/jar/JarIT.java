package org.brazeroutes.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged jar: commands, signals, kills, and two processes at once. */
class JarIT {

    private static final LocalDate START = LocalDate.now(ZoneOffset.UTC).minusDays(400);

    @TempDir
    private Path folder;

    private Jar jar(Simulator simulator) {
        return new Jar(folder, Map.of("BRAZE_ENDPOINT", simulator.uri().toString(), "BRAZE_API_KEY", simulator.apiKey(),
                "BRAZE_START_DATE", START.toString(), "BRAZE_CONCURRENCY", "4", "HTTP_PORT", "0"));
    }

    @Test
    void demoRunsOfflineAndItsSecondRunWritesOnlyWhatChanged() throws Exception {
        Jar jar = new Jar(folder, Map.of());

        Jar.Ended first = jar.run("demo");
        Jar.Ended second = jar.run("demo", "--json");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).contains("campaigns_analytics").contains("select c.name as campaign").contains("BRAZE_API_KEY");
        assertThat(second.exit()).isZero();
        assertThat(second.out().lines().filter(line -> line.contains("\"result\":\"complete\""))).hasSize(16);
        assertThat(second.out().lines().filter(line -> line.contains("_details\"") || line.contains("\"segments"))).allSatisfy(
                line -> assertThat(line).contains("\"rows\":0"));
        assertThat(Files.list(folder).map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("data", "out.txt", "err.txt");
    }

    /** A script would take what there is for all there is. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void resultsThatCannotBeWrittenAreTold() throws Exception {
        Jar jar = new Jar(folder, Map.of());
        Process process = jar.start(new File("/dev/full"), "streams", "--json");
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(jar.err()).contains("results could not be written to standard output").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            mkdir "$green" && cd "$green" && exec "$@" demo     | locale cannot name it
            mkdir "$green" && exec "$@" streams --set routes.directory="$green" | locale cannot name it
            """)
    @EnabledOnOs(OS.LINUX)
    void aFolderThatTheLocaleCannotNameIsOneLineAndNoFileIsMadeElsewhere(String script, String told) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "export LC_ALL=C; green=$(printf 'gr\\303\\274n'); " + script, "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", Path.of("target/braze-routes.jar").toAbsolutePath().toString())
                .directory(Files.createDirectory(folder.resolve("work")).toFile()).redirectError(folder.resolve("err.txt").toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(new String(Files.readAllBytes(folder.resolve("err.txt")), StandardCharsets.ISO_8859_1)).contains(told, "set LC_ALL=C.UTF-8").hasLineCount(1);
        assertThat(Files.list(folder.resolve("work"))).hasSize(1);
    }

    @Test
    void killedAtRandomMomentsNothingIsLostAndNothingTwice() throws Exception {
        World world = World.builder().campaigns(25).canvases(4).segments(4).events(20).cards(3).build();
        try (Simulator simulator = Simulator.start(world, SimulatorOptions.defaults().latency(Duration.ofMillis(10)))) {
            Jar jar = jar(simulator);
            Random random = new Random(7);
            for (int i = 0; i < 6; i++) {
                Process process = jar.start("sync");
                int requests = simulator.log().requests().size() + 1 + random.nextInt(150);
                await().atMost(30, TimeUnit.SECONDS).until(() -> simulator.log().requests().size() >= requests || !process.isAlive());
                process.destroyForcibly().waitFor();
            }

            Jar.Ended last = jar.run("sync");

            assertThat(last.exit()).as(last.err()).isZero();
            long days = START.until(LocalDate.now(ZoneOffset.UTC), ChronoUnit.DAYS) + 1;
            try (Connection connection = jar.database()) {
                assertThat(Jar.number(connection, "select count(*) from campaigns_analytics")).isEqualTo(25 * days);
                assertThat(Jar.number(connection, "select count(*) from (select distinct campaign_id, time from campaigns_analytics)"))
                        .isEqualTo(25 * days);
                assertThat(Jar.number(connection, "select count(*) from events_analytics")).isEqualTo(20 * days);
                assertThat(Jar.number(connection, "select count(*) from canvases_analytics")).isEqualTo(4 * days);
                assertThat(Jar.number(connection, "select count(*) from campaigns_details")).isEqualTo(25);
                assertThat(Jar.number(connection, "select count(*) from campaigns_analytics_messages m where not exists "
                        + "(select 1 from campaigns_analytics a where a.campaign_id = m.campaign_id and a.time = m.time)")).isZero();
            }
        }
    }

    @Test
    void aSecondProcessIsBusyWhileStatusAndSqlClientsRead() throws Exception {
        World world = World.builder().campaigns(10).canvases(1).segments(2).events(2).cards(1).build();
        try (Simulator simulator = Simulator.start(world)) {
            Jar running = jar(simulator);
            Process process = running.start("run");
            try {
                await().atMost(30, TimeUnit.SECONDS).until(() -> running.err().contains("campaigns_analytics: complete"));
                Jar second = new Jar(Files.createDirectory(folder.resolve("second")), Map.of("BRAZE_ENDPOINT", simulator.uri().toString(),
                        "BRAZE_API_KEY", simulator.apiKey(), "SINK_JDBC_URL", "jdbc:h2:file:" + folder.resolve("data/braze")));

                Jar.Ended sync = second.run("sync", "campaigns", "--json");
                Jar.Ended status = second.run("status", "--json");
                Jar.Ended reset = second.run("reset", "campaigns", "--yes");

                assertThat(sync.exit()).isEqualTo(1);
                assertThat(sync.out()).contains("\"stream\":\"campaigns\"").contains("\"result\":\"busy\"");
                assertThat(reset.exit()).isEqualTo(1);
                assertThat(status.exit()).isZero();
                assertThat(status.out()).contains("\"stream\":\"campaigns_analytics\",\"last_sync\":\"2");
                Matcher url = Pattern.compile("jdbc:h2:tcp:\\S+").matcher(running.err());
                assertThat(url.find()).isTrue();
                try (Connection reader = DriverManager.getConnection(url.group())) {
                    assertThat(Jar.number(reader, "select count(*) from campaigns")).isEqualTo(10);
                }
            } finally {
                process.destroy();
            }
            assertThat(running.end(process).exit()).isZero();
        }
    }

    @Test
    void stopsWithinTenSecondsThoughBrazeHangs() throws Exception {
        World world = World.builder().campaigns(5).canvases(1).segments(1).events(1).cards(1).build();
        try (Simulator simulator = Simulator.start(world)) {
            simulator.fault(Fault.on("/campaigns/data_series").answer(Answer.hang()));
            Jar jar = jar(simulator);
            Process process = jar.start("sync", "--json");
            await().atMost(30, TimeUnit.SECONDS).until(() -> simulator.log().count("/campaigns/data_series") > 0);

            process.destroy();
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);

            assertThat(ended).isTrue();
            Jar.Ended end = jar.end(process);
            assertThat(end.exit()).isEqualTo(143);
            assertThat(end.out()).contains("\"stream\":\"campaigns_analytics\",\"mode\":\"incremental_dedup\",\"result\":\"interrupted\"");
            simulator.clearFaults();
            assertThat(jar.run("sync").exit()).isZero();
        }
    }

    @Test
    void interruptFromTheKeyboardEndsWith130() throws Exception {
        World world = World.builder().campaigns(5).canvases(1).segments(1).events(1).cards(1).build();
        try (Simulator simulator = Simulator.start(world)) {
            simulator.fault(Fault.on("/campaigns/list").answer(Answer.tooManyRequests()));
            Jar jar = jar(simulator);
            Process process = jar.start("sync");
            await().atMost(30, TimeUnit.SECONDS).until(() -> simulator.log().count("/campaigns/list") > 0);

            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        }
    }

    @Test
    void runServesHealthAndMetrics() throws Exception {
        World world = World.builder().campaigns(3).canvases(1).segments(1).events(1).cards(1).build();
        int port = freePort();
        try (Simulator simulator = Simulator.start(world)) {
            Jar jar = jar(simulator);
            Process process = jar.start("run", "--set", "http.port=" + port);
            try {
                await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().until(() -> get(port, "/observe/metrics").body()
                        .contains("braze_routes_records_total{stream=\"campaigns_analytics\"}"));

                assertThat(get(port, "/observe/health/live").statusCode()).isEqualTo(200);
                assertThat(get(port, "/observe/health/ready").statusCode()).isEqualTo(200);
            } finally {
                process.destroy();
            }
            assertThat(jar.end(process).exit()).isZero();
        }
    }

    @Test
    void aProcessThatStillOpensItsDatabaseIsAliveAndNotReady() throws Exception {
        int port = freePort();
        try (ServerSocket silent = new ServerSocket(0)) {
            Process process = new Jar(folder, Map.of("BRAZE_ENDPOINT", "http://127.0.0.1:1", "BRAZE_API_KEY", "key", "HTTP_PORT", String.valueOf(port),
                    "SINK_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/database")).start("run");
            try {
                await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().until(() -> get(port, "/observe/health/live").statusCode() == 200);
                assertThat(get(port, "/observe/health/ready").statusCode()).isEqualTo(503);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void aProcessThatRunsOutOfMemoryEndsAndSaysSo() throws Exception {
        try (ServerSocket endless = new ServerSocket(0)) {
            Thread server = new Thread(() -> answerWithoutEnd(endless));
            server.start();
            Jar.Ended sync = new Jar(folder, Map.of("BRAZE_ENDPOINT", "http://127.0.0.1:" + endless.getLocalPort(), "BRAZE_API_KEY", "key",
                    "JAVA_TOOL_OPTIONS", "-Xmx64m")).run("sync", "segments");
            assertThat(sync.exit()).isEqualTo(1);
            assertThat(sync.err()).contains("out of memory", "-Xmx");
        }
    }

    private static void answerWithoutEnd(ServerSocket server) {
        try (Socket client = server.accept(); OutputStream out = client.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            byte[] more = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(more);
            }
        } catch (IOException e) {
            // the process has ended
        }
    }

    @Test
    void whoWatchesTheLastCompletePassSeesAStreamThatNeverComesToOne() throws Exception {
        World world = World.builder().campaigns(1).canvases(1).segments(1).events(1).cards(1).build();
        int port = freePort();
        try (Simulator simulator = Simulator.start(world)) {
            Process process = new Jar(folder, Map.of("BRAZE_ENDPOINT", simulator.uri().toString(), "BRAZE_API_KEY", "revoked"))
                    .start("run", "--set", "http.port=" + port);
            try {
                await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().until(() -> get(port, "/observe/metrics").body().lines()
                        .filter(line -> line.matches("braze_routes_last_complete_seconds.* 0\\.0")).count(), count -> count == 14);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void aWrongKeyIsNamedButNeverPrinted() throws Exception {
        World world = World.builder().campaigns(1).canvases(0).segments(0).events(0).cards(0).build();
        try (Simulator simulator = Simulator.start(world)) {
            Jar jar = new Jar(folder, Map.of("BRAZE_ENDPOINT", simulator.uri().toString(), "BRAZE_API_KEY", "very-secret-key"));

            Jar.Ended check = jar.run("check", "--debug");

            assertThat(check.exit()).isEqualTo(2);
            assertThat(check.out()).contains("key: failed: Braze answered 401").contains("BRAZE_API_KEY");
            assertThat(check.out() + check.err()).doesNotContain("very-secret-key");
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
