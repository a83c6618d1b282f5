package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reset forgets and drops, and what it leaves where it cannot. */
class ResetTest {

    @TempDir
    private Path directory;
    private Simulator simulator;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String out;
    private String err;

    @BeforeEach
    void start() {
        simulator = Simulator.start(World.builder().campaigns(2).canvases(1).segments(2).cards(1).events(3).build(), SimulatorOptions.defaults());
        environment.putAll(Map.of("BRAZE_ENDPOINT", simulator.uri().toString(), "BRAZE_API_KEY", simulator.apiKey(), "SINK_JDBC_URL", url(),
                "STREAM_EVENTS_ANALYTICS_MODE", "incremental_append", "BRAZE_START_DATE", World.builder().build().today().minusDays(40).toString()));
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aTableThatCannotBeDroppedKeepsItsCursorsAndTheOtherStreamsAreReset() throws SQLException {
        assertThat(execute("sync", "segments", "events_analytics")).as(() -> err).isZero();
        long rows = count("events_analytics");
        sql("create view mine as select * from events_analytics");
        assertThat(execute("reset", "--drop", "--yes", "events_analytics", "segments")).isEqualTo(1);
        assertThat(err).contains("events_analytics: not dropped. ", "MINE").hasLineCount(1);
        assertThat(out).isEqualTo("segments: reset, dropped" + System.lineSeparator());
        assertThat(execute("sync", "segments", "events_analytics")).isZero();
        assertThat(count("events_analytics")).isEqualTo(rows);
        sql("drop view mine");
        assertThat(execute("reset", "--drop", "--yes", "events_analytics")).isZero();
        assertThat(execute("sync", "events_analytics")).isZero();
        assertThat(count("events_analytics")).isEqualTo(rows);
    }

    @Test
    void withoutAUsableRouteFileNothingIsDroppedAndNothingForgotten() throws Exception {
        assertThat(execute("sync", "segments")).isZero();
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.writeString(routes.resolve("segments.yaml"), "- route: {");
        environment.put("ROUTES_DIRECTORY", routes.toString());
        environment.put("ROUTES_PACKAGED", "true");
        assertThat(execute("reset", "--drop", "--yes", "segments")).isEqualTo(1);
        assertThat(err).contains("segments: not dropped. Its route file cannot be used");
        assertThat(out).isEmpty();
        assertThat(count("segments")).isEqualTo(2);
    }

    @Test
    void filesOfWhichSomeCannotBeDeletedAreNotWrittenBesideNewOnes() throws Exception {
        environment.put("SINK", "file");
        environment.remove("SINK_JDBC_URL");
        environment.put("SINK_FILE_DIRECTORY", directory.resolve("files").toString());
        assertThat(execute("sync", "events_analytics")).as(() -> err).isZero();
        Path folder = directory.resolve("files/events_analytics");
        long rows = lines(folder);
        Files.createDirectories(folder.resolve("1-00000.jsonl/in the way"));
        assertThat(execute("reset", "--drop", "--yes", "events_analytics")).isEqualTo(1);
        assertThat(err).contains("events_analytics: not dropped. ");
        assertThat(execute("sync", "events_analytics")).isEqualTo(1);
        assertThat(err).contains("cannot use " + folder);
        Files.delete(folder.resolve("1-00000.jsonl/in the way"));
        assertThat(execute("sync", "events_analytics")).as(() -> err).isZero();
        assertThat(lines(folder)).isEqualTo(rows);
    }

    @Test
    void whatWasSentToAnEndpointIsNotDropped() {
        environment.remove("SINK_JDBC_URL");
        environment.put("SINK", "log:braze");
        assertThat(execute("reset", "--drop", "--yes", "events_analytics")).isEqualTo(2);
        assertThat(err).contains("what was sent to log:braze cannot be taken back; leave --drop out").hasLineCount(1);
    }

    private static long lines(Path folder) throws IOException {
        long lines = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        return lines;
    }

    private int execute(String... args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int exit = new BrazeRoutes(Recording.console(printed, told, ""), environment, directory, EngineCommands::new).execute(args);
        out = printed.toString(StandardCharsets.UTF_8);
        err = told.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("braze");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "sa", "")) {
            connection.createStatement().execute(statement);
        }
    }

    private long count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                ResultSet rows = connection.createStatement().executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
