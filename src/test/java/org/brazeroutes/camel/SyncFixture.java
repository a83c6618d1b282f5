package org.brazeroutes.camel;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.pass.PassListener;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.StreamOptions;
import org.brazeroutes.stream.SyncMode;

/** One workspace synced into one database, again and again, with a set clock; every choice can be changed between passes. */
final class SyncFixture {

    final Map<String, BrazeOptions.Limit> limits = new HashMap<>(Map.of(
            "default", new BrazeOptions.Limit(250_000, Duration.ofHours(1)),
            "names", new BrazeOptions.Limit(1_000, Duration.ofHours(1)),
            "campaign-series", new BrazeOptions.Limit(50_000, Duration.ofMinutes(1))));
    final Map<String, SyncMode> modes = new HashMap<>();
    final Map<String, String> placeholders = new HashMap<>(Map.of("braze.include-archived", "true", "braze.app-ids", ""));
    Product product = Product.H2;
    Product.Login login;
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
    RouteFiles routes = RouteFiles.find(Optional.empty(), false);
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
        this.login = new Product.Login(url, "", "", Product.H2.schema);
    }

    /** The same workspace, synced into another H2 database. */
    SyncFixture at(String otherUrl) {
        return new SyncFixture(endpoint, key, otherUrl, clock);
    }

    /** Into a new database of that product. */
    SyncFixture into(Product other, Path directory) throws SQLException {
        product = other;
        login = other.fresh(directory);
        return this;
    }

    EngineOptions options() {
        BrazeOptions braze = new BrazeOptions(endpoint, key, zone, concurrency, limits, share, Duration.ofSeconds(2), requestTimeout,
                new Braze.Tries(retries, Duration.ofMillis(2), Duration.ofMillis(20), false, rest));
        return new EngineOptions(braze, startDate, parallelStreams,
                name -> new StreamOptions(true, Optional.ofNullable(modes.get(name)), Duration.ofHours(1), Optional.empty(), lookbackDays,
                        Optional.empty()),
                placeholders::get, new DatabaseSettings(login.url(), login.username(), login.password(), schema, prefix, 20, login.url(),
                        sink == null ? "sink.jdbc" : "state.jdbc"),
                sink == null ? new SinkOptions.Jdbc(unnest, adopt) : sink, routes, names -> { }, Map.of(),
                Optional.empty(), clock);
    }

    /** One pass of these streams, of all without a name; results by stream. */
    Map<String, PassResult> sync(String... names) throws Exception {
        try (Engine engine = new Engine(options(), true, new PassListener() { })) {
            List<String> streams = names.length == 0 ? List.copyOf(engine.catalogue().streams().keySet()) : Arrays.asList(names);
            this.streams = engine.catalogue().streams();
            engine.start(streams);
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
                    row.put(rows.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT), value(rows, i));
                }
                result.add(row);
            }
            return result;
        }
    }

    private static Object value(ResultSet rows, int place) throws SQLException {
        return switch (rows.getMetaData().getColumnTypeName(place).toLowerCase(Locale.ROOT)) {
            case "json", "jsonb", "character large object", "clob" -> rows.getString(place);
            case "timestamptz", "timestamp with time zone" -> rows.getObject(place, OffsetDateTime.class);
            case "datetime" -> {
                LocalDateTime time = rows.getObject(place, LocalDateTime.class);
                yield time == null ? null : time.atOffset(ZoneOffset.UTC);
            }
            default -> rows.getObject(place);
        };
    }

    /** The columns of a table of ours with their types as information_schema has them, in lower case. */
    Map<String, String> columns(String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        query("select lower(column_name) c, lower(data_type) t from information_schema.columns where lower(table_name) = '" + prefix + table
                + "' and lower(table_schema) = lower('" + (schema.isEmpty() ? login.schema() : schema) + "') order by ordinal_position")
                .forEach(column -> columns.put((String) column.get("c"), (String) column.get("t")));
        return columns;
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

    /** A column's name in SQL, quoted as the product wants it. */
    String quoted(String column) {
        return switch (product) {
            case H2 -> '"' + column.toUpperCase(java.util.Locale.ROOT) + '"';
            case POSTGRES -> '"' + column + '"';
            case MARIADB -> '`' + column + '`';
        };
    }

    long count(String table) throws SQLException {
        return (Long) query("select count(*) n from " + table).get(0).get("n");
    }

    Connection connect() throws SQLException {
        return login.connect();
    }
}
