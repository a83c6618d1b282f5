package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.pass.PassListener;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.stream.StreamOptions;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that goes away in the middle: the stream says so in one line, and nothing is lost or there twice afterwards. */
class DatabaseOutageTest {

    private static final String NOW = "2026-06-10T12:30:00Z";
    private static final String SERIES = "campaigns_analytics";
    private static final int MARIADB_NO_SUCH_THREAD = 1094;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"POSTGRES, INCREMENTAL_DEDUP", "POSTGRES, FULL_REFRESH_OVERWRITE", "POSTGRES, INCREMENTAL_APPEND",
            "MARIADB, INCREMENTAL_DEDUP", "MARIADB, FULL_REFRESH_OVERWRITE", "MARIADB, INCREMENTAL_APPEND"})
    void aPassWhoseConnectionsAreCutSaysSoInOneLineAndTheNextOneCompletes(Product product, SyncMode mode) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.modes.put(SERIES, mode);
            LocalDate last = mode == SyncMode.INCREMENTAL_APPEND ? synced.world.today().minusDays(1) : synced.world.today();
            for (int after : List.of(1, 5, 12)) {
                Failure before = Failure.of(synced);
                AtomicInteger cut = new AtomicInteger();
                synced.simulator.fault(Fault.on("/campaigns/data_series").after(after).times(1)
                        .answer(Answer.regularAfter(() -> cut.addAndGet(cutConnections(synced.database)))));
                PassResult result = synced.database.sync("campaigns", SERIES).get(SERIES);
                synced.simulator.clearFaults();
                // the pass may end before the simulator's thread has cut the last of them
                await().untilAsserted(() -> assertThat(cut).as("%s", result).hasPositiveValue());
                assertThat(result.result()).isIn(Result.COMPLETE, Result.PARTIAL, Result.FAILED);
                if (result.result() != Result.COMPLETE) {
                    assertThat(result.error()).startsWith(SERIES + ": ").doesNotContain("\n");
                    before.whatAnOverwriteLeaves(mode);
                }
                if (!mode.appends()) {
                    synced.world.correct(SERIES, synced.world.campaignIds().get(after), LocalDate.parse("2026-06-02"), "unique_recipients",
                            1_000_000 + after);
                }
            }
            synced.sync("campaigns", SERIES);
            Rows.equal(synced.database, SERIES, synced.records(SERIES, synced.start(), last));
        }
    }

    /** The rows before a pass, which an overwrite that fails must leave. */
    private record Failure(Synced synced, List<Map<String, Object>> rows) {

        static Failure of(Synced synced) throws SQLException {
            return new Failure(synced, synced.database.columns(SERIES).isEmpty() ? List.of() : Rows.stored(synced.database, SERIES));
        }

        void whatAnOverwriteLeaves(SyncMode mode) throws SQLException {
            if (mode == SyncMode.FULL_REFRESH_OVERWRITE) {
                assertThat(Rows.stored(synced.database, SERIES)).containsExactlyInAnyOrderElementsOf(rows);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aServerThatIsDownForAWhileIsUsedAgainWithoutARestartOfOurs(Product product) throws Exception {
        try (OwnServer server = OwnServer.of(product, directory); Synced synced = new Synced(directory, NOW)) {
            server.start();
            synced.database.product = product;
            synced.database.login = server.login();
            List<PassResult> results = new CopyOnWriteArrayList<>();
            int port = freePort();
            try (Engine engine = new Engine(everySecond(synced.database.options(), port), false, listener(results))) {
                synced.database.streams = engine.catalogue().streams();
                engine.start(List.of("campaigns", SERIES, "campaigns_details"));
                await().atMost(Duration.ofMinutes(1)).until(() -> has(results, 0, SERIES, Result.COMPLETE));
                assertThat(ready(port)).isEqualTo(200);
                server.stop();
                int stopped = results.size();
                await().atMost(Duration.ofMinutes(1)).until(() -> has(results, stopped, SERIES, Result.FAILED));
                await().atMost(Duration.ofMinutes(1)).until(() -> ready(port) == 503);
                assertThat(health(port, "live")).isEqualTo(200);
                synced.world.correct(SERIES, synced.world.campaignIds().get(0), LocalDate.parse("2026-06-02"), "unique_recipients", 77);
                synced.world.rename(synced.world.campaignIds().get(1), "Renamed while the server was down");
                server.start();
                int started = results.size();
                await().atMost(Duration.ofMinutes(2)).until(() -> count(results, started, SERIES) >= 2
                        && count(results, started, "campaigns") >= 2 && count(results, started, "campaigns_details") >= 2);
                await().atMost(Duration.ofMinutes(1)).until(() -> ready(port) == 200);
                engine.stop(Duration.ofSeconds(10));
            }
            synced.hasEverything("campaigns", "campaigns_details", SERIES);
            assertThat(results).filteredOn(result -> result.result() == Result.FAILED)
                    .allSatisfy(result -> assertThat(result.error()).startsWith(result.stream() + ": ").doesNotContain("\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisabledOnOs(OS.WINDOWS)
    void passesFailOnceTheFileOfTablesOrStateIsRemoved(boolean toFiles) throws Exception {
        try (Synced synced = new Synced(directory, NOW)) {
            synced.database.sink = toFiles ? new SinkOptions.Files(new FileOptions(directory.resolve("files"), FileOptions.Format.JSONL, false, 1 << 20,
                    Duration.ofMinutes(5))) : null;
            List<PassResult> results = new CopyOnWriteArrayList<>();
            try (Engine engine = new Engine(everySecond(synced.database.options(), freePort()), false, listener(results))) {
                engine.start(List.of("campaigns"));
                await().atMost(Duration.ofMinutes(1)).until(() -> has(results, 0, "campaigns", Result.COMPLETE));
                Files.delete(directory.resolve("braze.mv.db"));
                // one may have been about to end
                int removed = results.size() + 1;
                await().atMost(Duration.ofMinutes(1)).until(() -> results.size() >= removed + 2);
                assertThat(results.subList(removed, removed + 2)).allSatisfy(result -> {
                    assertThat(result.result()).isEqualTo(Result.FAILED);
                    assertThat(result.error()).contains("its file was removed or replaced").doesNotContain("\n");
                });
                engine.stop(Duration.ofSeconds(10));
            }
        }
    }

    private static boolean has(List<PassResult> results, int from, String stream, Result result) {
        return results.stream().skip(from).anyMatch(pass -> pass.stream().equals(stream) && pass.result() == result);
    }

    private static long count(List<PassResult> results, int from, String stream) {
        return results.stream().skip(from).filter(pass -> pass.stream().equals(stream) && pass.result() == Result.COMPLETE).count();
    }

    private static PassListener listener(List<PassResult> results) {
        return new PassListener() {
            @Override
            public void started(String stream) {
            }

            @Override
            public void ended(PassResult result) {
                results.add(result);
            }
        };
    }

    private static int ready(int port) throws Exception {
        return health(port, "ready");
    }

    /** It must answer at once, whatever the database does: Kubernetes gives it a second. */
    private static int health(int port, String what) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/" + what))
                .timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static EngineOptions everySecond(EngineOptions options, int port) {
        return new EngineOptions(options.braze(), options.startDate(), options.parallelStreams(), name -> new StreamOptions(true, Optional.empty(), Duration.ofSeconds(1), Optional.empty(), 30,
                        Optional.empty()), options.placeholder(), options.database(), options.sink(), options.routes(),
                options.checkStreams(), options.camelProperties(), Optional.of(new EngineOptions.Http("127.0.0.1", port)), options.clock());
    }

    /** Ends all connections to the database but the one that does it; returns their number. */
    private static int cutConnections(SyncFixture database) {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            List<String> cuts = new ArrayList<>();
            String others = switch (database.product) {
                case POSTGRES -> "select 'select pg_terminate_backend(' || pid || ')' from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()";
                case MARIADB -> "select concat('kill ', id) from information_schema.processlist where db = database()"
                        + " and id <> connection_id()";
                case H2 -> throw new IllegalArgumentException("H2 has no server");
            };
            try (ResultSet rows = statement.executeQuery(others)) {
                while (rows.next()) {
                    cuts.add(rows.getString(1));
                }
            }
            int ended = 0;
            for (String cut : cuts) {
                ended += endsOne(statement, cut) ? 1 : 0;
            }
            return ended;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** False if it had gone by itself meanwhile: a pool that sees one cut closes the others. */
    private static boolean endsOne(Statement statement, String cut) throws SQLException {
        try {
            statement.execute(cut);
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == MARIADB_NO_SUCH_THREAD) {
                return false;
            }
            throw e;
        }
    }
}
