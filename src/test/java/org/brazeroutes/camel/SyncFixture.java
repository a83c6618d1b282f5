package org.brazeroutes.camel;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** One workspace synced into one H2 file, again and again, with a set clock; every choice can be changed between passes. */
final class SyncFixture {

    final Map<String, EngineOptions.Limit> limits = new HashMap<>(Map.of(
            "default", new EngineOptions.Limit(250_000, Duration.ofHours(1)),
            "names", new EngineOptions.Limit(1_000, Duration.ofHours(1)),
            "campaign-series", new EngineOptions.Limit(50_000, Duration.ofMinutes(1))));
    final Map<String, SyncMode> modes = new HashMap<>();
    final Map<String, String> placeholders = new HashMap<>(Map.of("braze.include-archived", "true", "braze.app-ids", ""));
    final String url;
    URI endpoint;
    String key;
    Clock clock;
    ZoneId zone = ZoneOffset.UTC;
    Optional<LocalDate> startDate = Optional.of(LocalDate.parse("2026-05-01"));
    int lookbackDays = 30;
    int retries = 2;
    int concurrency = 4;
    int parallelStreams = 4;
    double share = 0.8;
    boolean unnest = true;
    boolean adopt;
    SinkOptions sink;
    String schema = "";
    String prefix = "";
    Duration requestTimeout = Duration.ofSeconds(10);
    Braze.Rest rest = Braze.Rest.USUAL;
    RouteFiles routes = RouteFiles.packagedOnly();
    List<String> routeErrors = List.of();
    /** What the route files declared at the last pass. */
    Map<String, Stream> streams = Map.of();

    SyncFixture(Simulator simulator, Path directory, Instant now) {
        this(simulator, directory, Clock.fixed(now, ZoneOffset.UTC));
    }

    SyncFixture(Simulator simulator, Path directory, Clock clock) {
        this(simulator.uri(), simulator.apiKey(), directory, clock);
    }

    SyncFixture(URI endpoint, String key, Path directory, Clock clock) {
        this(endpoint, key, "jdbc:h2:file:" + directory.resolve("braze"), clock);
    }

    private SyncFixture(URI endpoint, String key, String url, Clock clock) {
        this.endpoint = endpoint;
        this.key = key;
        this.clock = clock;
        this.url = url;
    }

    /** The same workspace, synced into another database. */
    SyncFixture at(String otherUrl) {
        return new SyncFixture(endpoint, key, otherUrl, clock);
    }

    EngineOptions options() {
        return new EngineOptions(endpoint, key, zone, startDate, concurrency, limits, share, Duration.ofSeconds(2), requestTimeout,
                new Braze.Tries(retries, Duration.ofMillis(2), Duration.ofMillis(20), false, rest), parallelStreams,
                name -> new StreamOptions(true, Optional.ofNullable(modes.get(name)), Duration.ofHours(1), Optional.empty(), lookbackDays,
                        Optional.empty()),
                placeholders::get, new DatabaseSettings(url, "", "", schema, prefix, 20, url), sink == null ? new SinkOptions.Jdbc(unnest, adopt) : sink, routes, names -> { }, Map.of(),
                Optional.empty(), clock);
    }

    /** One pass of these streams, of all without a name; results by stream. */
    Map<String, PassResult> sync(String... names) throws Exception {
        try (Engine engine = new Engine(options(), true, new PassListener() {
            @Override
            public void started(String stream) {
            }

            @Override
            public void ended(PassResult result) {
            }
        })) {
            List<String> streams = names.length == 0 ? List.copyOf(engine.catalogue().streams().keySet()) : Arrays.asList(names);
            this.streams = engine.catalogue().streams();
            engine.start(streams, true);
            Map<String, PassResult> results = new LinkedHashMap<>();
            engine.await(streams).forEach(result -> results.put(result.stream(), result));
            routeErrors = engine.routeErrors();
            return results;
        }
    }

    /** The rows of a query, each with lower-case column names; run while no pass runs. */
    List<Map<String, Object>> query(String sql) throws SQLException {
        try (Connection connection = connect(); ResultSet rows = connection.createStatement().executeQuery(sql)) {
            List<Map<String, Object>> result = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String type = rows.getMetaData().getColumnTypeName(i);
                    row.put(rows.getMetaData().getColumnLabel(i).toLowerCase(java.util.Locale.ROOT),
                            type.equals("JSON") ? rows.getString(i) : rows.getObject(i));
                }
                result.add(row);
            }
            return result;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute(sql);
        }
    }

    /** The name of a table of ours in SQL. */
    String table(String name) {
        return (schema.isEmpty() ? "" : schema + ".") + prefix + name;
    }

    long count(String table) throws SQLException {
        return (Long) query("select count(*) n from " + table).get(0).get("n");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }
}
