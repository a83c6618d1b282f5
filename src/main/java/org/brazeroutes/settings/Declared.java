package org.brazeroutes.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.brazeroutes.stream.SyncMode;

/** Every setting there is, once: defaults, checks, application.properties and the README's table derive from here. */
public final class Declared {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    static final Setting<URI> ENDPOINT = unset("braze.endpoint", "US-03",
            "REST host of the workspace, as URL or as instance name (US-03, EU-01, …)", BrazeHost::parse);
    static final Setting<Secret> API_KEY = secret("braze.api-key",
            "REST API key; better in the environment as BRAZE_API_KEY, or in a file named by BRAZE_API_KEY_FILE", Parsers::apiKey);
    static final Setting<LocalDate> START_DATE = unset("braze.start-date", "2024-01-01",
            "first day of history, included; without it two years before the first sync, fixed then", Parsers::date);
    static final Setting<ZoneId> TIME_ZONE = setting("braze.time-zone", "UTC",
            "time zone of the workspace (company): where a day ends", Parsers::zone);
    static final Setting<Boolean> INCLUDE_ARCHIVED = setting("braze.include-archived", "true",
            "read archived campaigns, canvases and cards too", Parsers::bool);
    static final Setting<List<String>> APP_IDS = unset("braze.app-ids", "",
            "comma separated API identifiers of apps: the KPI streams get one partition per app besides the total", Parsers::appIds);
    static final Setting<Integer> CONCURRENCY = setting("braze.concurrency", "16",
            "requests in flight at most", Parsers.integer(1, 1000));
    static final Setting<Double> RATE_LIMIT_SHARE = setting("braze.rate-limit.share", "0.8",
            "part of each rate limit that a run may use; the rest is left to your own sending", Parsers::share);
    static final Setting<RateLimit> RATE_LIMIT_DEFAULT = setting("braze.rate-limit.default", "250000/1h",
            "requests per clock window, all endpoints without a limit of their own; response headers correct it", RateLimit::parse);
    static final Setting<RateLimit> RATE_LIMIT_NAMES = setting("braze.rate-limit.names", "1000/1h",
            "requests per clock window, lists of event and product names", RateLimit::parse);
    static final Setting<RateLimit> RATE_LIMIT_CAMPAIGN_SERIES = setting("braze.rate-limit.campaign-series", "50000/1m",
            "requests per clock window, daily statistics of campaigns", RateLimit::parse);
    static final Setting<Duration> CONNECT_TIMEOUT = setting("braze.connect-timeout", "10s",
            "longest wait for a connection", Parsers::duration);
    static final Setting<Duration> REQUEST_TIMEOUT = setting("braze.request-timeout", "60s",
            "longest wait for an answer", Parsers::duration);
    static final Setting<Integer> RETRIES = setting("braze.retries", "8",
            "tries after 5xx, timeouts and broken answers, with exponential back-off from 1 to 60 s", Parsers.integer(0, 100));

    static final Setting<StreamSelection> STREAMS = setting("sync.streams", "all",
            "which streams, comma separated; -cards leaves one out", StreamSelection::parse);
    static final Setting<Duration> PERIOD = setting("sync.period", "1h",
            "how often each stream runs under the command run", Parsers::duration);
    static final Setting<String> CRON = unset("sync.cron", "0 0 3 * * ?",
            "Quartz cron expression, instead of the period", Parsers::text);
    static final Setting<Integer> PARALLEL_STREAMS = setting("sync.parallel-streams", "4",
            "streams at work at the same time", Parsers.integer(1, 100));
    static final Setting<Integer> LOOKBACK_DAYS = setting("sync.lookback-days", "30",
            "days before the cursor that are read again, since Braze credits conversions back for up to 30 days", Parsers.integer(0, 3650));

    static final Setting<SyncMode> STREAM_MODE = unset("stream.<name>.mode", "incremental_dedup",
            "sync mode of one stream: full_refresh_overwrite, full_refresh_append, incremental_append or incremental_dedup",
            Parsers.oneOf(SyncMode.class));
    static final Setting<Duration> STREAM_PERIOD = unset("stream.<name>.period", "15m",
            "sync.period of one stream", Parsers::duration);
    static final Setting<String> STREAM_CRON = unset("stream.<name>.cron", "0 30 4 * * ?",
            "sync.cron of one stream", Parsers::text);
    static final Setting<Boolean> STREAM_ENABLED = unset("stream.<name>.enabled", "false",
            "switches one stream on or off, whatever sync.streams says", Parsers::bool);
    static final Setting<Integer> STREAM_LOOKBACK_DAYS = unset("stream.<name>.lookback-days", "3",
            "sync.lookback-days of one stream", Parsers.integer(0, 3650));
    static final Setting<LocalDate> STREAM_START_DATE = unset("stream.<name>.start-date", "2023-01-01",
            "braze.start-date of one stream", Parsers::date);

    static final Setting<SinkSetting> SINK = setting("sink", "jdbc",
            "where records go: jdbc, file or any Camel endpoint URI", SinkSetting::parse);
    static final Setting<String> JDBC_URL = setting("sink.jdbc.url", "jdbc:h2:file:./data/braze",
            "database: H2, PostgreSQL, MariaDB or MySQL; others, in append modes, through their driver in lib/", JdbcLogin::parseUrl);
    static final Setting<String> JDBC_USERNAME = unset("sink.jdbc.username", "braze",
            "user of the database", Parsers::text);
    static final Setting<Secret> JDBC_PASSWORD = secret("sink.jdbc.password",
            "password of that user; better in the environment or in a file named by SINK_JDBC_PASSWORD_FILE", Secret::new);
    static final Setting<String> JDBC_SCHEMA = unset("sink.jdbc.schema", "braze",
            "schema of the tables: lower-case letters, digits and _", Parsers::identifier);
    static final Setting<String> JDBC_TABLE_PREFIX = unset("sink.jdbc.table-prefix", "braze_",
            "goes before each table's name: lower-case letters, digits and _, at most 24 characters", Parsers::tablePrefix);
    static final Setting<Boolean> JDBC_UNNEST = setting("sink.jdbc.unnest", "true",
            "keep nested statistics in tables of their own too", Parsers::bool);
    static final Setting<Boolean> JDBC_ADOPT = setting("sink.jdbc.adopt", "false",
            "take over tables that exist and are not ours", Parsers::bool);
    static final Setting<Path> FILE_DIRECTORY = setting("sink.file.directory", "./data/files",
            "folder of the files, one folder per stream in it", Parsers::path);
    static final Setting<FileSettings.Format> FILE_FORMAT = setting("sink.file.format", "jsonl",
            "jsonl, csv or parquet", Parsers.oneOf(FileSettings.Format.class));
    static final Setting<FileSettings.Compression> FILE_COMPRESSION = setting("sink.file.compression", "none",
            "none, or gzip for jsonl and csv", Parsers.oneOf(FileSettings.Compression.class));
    static final Setting<Long> FILE_ROLL_SIZE = setting("sink.file.roll-size", "128MB",
            "size at which a file is finished", Parsers::size);
    static final Setting<Duration> FILE_ROLL_TIME = setting("sink.file.roll-time", "5m",
            "age at which a file is finished", Parsers::duration);

    static final Setting<String> STATE_URL = unset("state.jdbc.url", "jdbc:h2:file:./data/state",
            "database of cursors and sync history; jdbc: always the sink's; file: H2 in <directory>/_state; endpoint: H2 in ./data/state",
            JdbcLogin::parseUrl);
    static final Setting<String> STATE_USERNAME = unset("state.jdbc.username", "braze",
            "user of that database", Parsers::text);
    static final Setting<Secret> STATE_PASSWORD = secret("state.jdbc.password",
            "password of that user; better in the environment or in a file named by STATE_JDBC_PASSWORD_FILE", Secret::new);

    static final Setting<Path> ROUTES_DIRECTORY = unset("routes.directory", "./routes",
            "folder of the YAML routes; without it ./routes, else routes/ beside the jar, else the packaged ones", Parsers::path);
    static final Setting<Boolean> ROUTES_PACKAGED = setting("routes.packaged", "false",
            "add the packaged routes whose files are not in that folder", Parsers::bool);

    static final Setting<Integer> HTTP_PORT = setting("http.port", "9876",
            "health and metrics under the command run: /observe/health/live, /observe/health/ready, /observe/metrics; 0 switches it off",
            Parsers.integer(0, 65535));
    static final Setting<String> HTTP_HOST = setting("http.host", "0.0.0.0",
            "address on which health and metrics are served", Parsers::host);

    private Declared() {
    }

    /** Every setting, in the order of the documentation. */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /** Those that each stream has, named {@code stream.<name>.…}. */
    static List<Setting<?>> perStream() {
        return ALL.stream().filter(Setting::perStream).toList();
    }

    private static <T> Setting<T> setting(String name, String defaultValue, String description, Function<String, T> parser) {
        return add(new Setting<>(name, defaultValue, "", description, false, parser));
    }

    /** One without a default. */
    private static <T> Setting<T> unset(String name, String example, String description, Function<String, T> parser) {
        return add(new Setting<>(name, "", example, description, false, parser));
    }

    private static Setting<Secret> secret(String name, String description, Function<String, Secret> parser) {
        return add(new Setting<>(name, "", "", description, true, parser));
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}
