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

    static final Setting<URI> ENDPOINT = add(setting("braze.endpoint", "",
            "REST host of the workspace, as URL or as instance name (US-03, EU-01, …)", BrazeHost::parse).example("US-03"));
    static final Setting<Secret> API_KEY = add(setting("braze.api-key", "",
            "REST API key; better in the environment as BRAZE_API_KEY, or in a file named by BRAZE_API_KEY_FILE",
            Parsers::apiKey).asSecret());
    static final Setting<LocalDate> START_DATE = add(setting("braze.start-date", "",
            "first day of history, included; without it two years before the first sync, fixed then", Parsers::date)
            .example("2024-01-01"));
    static final Setting<ZoneId> TIME_ZONE = add(setting("braze.time-zone", "UTC",
            "time zone of the workspace (company): where a day ends", Parsers::zone));
    static final Setting<Boolean> INCLUDE_ARCHIVED = add(setting("braze.include-archived", "true",
            "read archived campaigns, canvases and cards too", Parsers::bool));
    static final Setting<List<String>> APP_IDS = add(setting("braze.app-ids", "",
            "comma separated API identifiers of apps: the KPI streams get one partition per app besides the total", Parsers::list));
    static final Setting<Integer> CONCURRENCY = add(setting("braze.concurrency", "16",
            "requests in flight at most", Parsers.integer(1, 1000)));
    static final Setting<Double> RATE_LIMIT_SHARE = add(setting("braze.rate-limit.share", "0.8",
            "part of each rate limit that a run may use; the rest is left to your own sending", Parsers::share));
    static final Setting<RateLimit> RATE_LIMIT_DEFAULT = add(setting("braze.rate-limit.default", "250000/1h",
            "requests per clock window, all endpoints without a limit of their own; response headers correct it", RateLimit::parse));
    static final Setting<RateLimit> RATE_LIMIT_NAMES = add(setting("braze.rate-limit.names", "1000/1h",
            "requests per clock window, lists of event and product names", RateLimit::parse));
    static final Setting<RateLimit> RATE_LIMIT_CAMPAIGN_SERIES = add(setting("braze.rate-limit.campaign-series", "50000/1m",
            "requests per clock window, daily statistics of campaigns", RateLimit::parse));
    static final Setting<Duration> CONNECT_TIMEOUT = add(setting("braze.connect-timeout", "10s",
            "longest wait for a connection", Parsers::duration));
    static final Setting<Duration> REQUEST_TIMEOUT = add(setting("braze.request-timeout", "60s",
            "longest wait for an answer", Parsers::duration));
    static final Setting<Integer> RETRIES = add(setting("braze.retries", "8",
            "tries after 5xx, timeouts and broken answers, with exponential back-off from 1 to 60 s", Parsers.integer(0, 100)));

    static final Setting<StreamSelection> STREAMS = add(setting("sync.streams", "all",
            "which streams, comma separated; -cards leaves one out", StreamSelection::parse));
    static final Setting<Duration> PERIOD = add(setting("sync.period", "1h",
            "how often each stream runs under the command run", Parsers::duration));
    static final Setting<String> CRON = add(setting("sync.cron", "",
            "Quartz cron expression, instead of the period", Parsers::text).example("0 0 3 * * ?"));
    static final Setting<Integer> PARALLEL_STREAMS = add(setting("sync.parallel-streams", "4",
            "streams at work at the same time", Parsers.integer(1, 100)));
    static final Setting<Integer> LOOKBACK_DAYS = add(setting("sync.lookback-days", "30",
            "days before the cursor that are read again, since Braze credits conversions back for up to 30 days",
            Parsers.integer(0, 3650)));

    static final Setting<SyncMode> STREAM_MODE = add(setting("stream.<name>.mode", "",
            "sync mode of one stream: full_refresh_overwrite, full_refresh_append, incremental_append or incremental_dedup",
            Parsers.oneOf(SyncMode.class)).example("incremental_dedup"));
    static final Setting<Duration> STREAM_PERIOD = add(setting("stream.<name>.period", "",
            "sync.period of one stream", Parsers::duration).example("15m"));
    static final Setting<String> STREAM_CRON = add(setting("stream.<name>.cron", "",
            "sync.cron of one stream", Parsers::text).example("0 30 4 * * ?"));
    static final Setting<Boolean> STREAM_ENABLED = add(setting("stream.<name>.enabled", "",
            "switches one stream on or off, whatever sync.streams says", Parsers::bool).example("false"));
    static final Setting<Integer> STREAM_LOOKBACK_DAYS = add(setting("stream.<name>.lookback-days", "",
            "sync.lookback-days of one stream", Parsers.integer(0, 3650)).example("3"));
    static final Setting<LocalDate> STREAM_START_DATE = add(setting("stream.<name>.start-date", "",
            "braze.start-date of one stream", Parsers::date).example("2023-01-01"));

    static final Setting<SinkSetting> SINK = add(setting("sink", "jdbc",
            "where records go: jdbc, file or any Camel endpoint URI", SinkSetting::parse));
    static final Setting<String> JDBC_URL = add(setting("sink.jdbc.url", "jdbc:h2:file:./data/braze",
            "database: H2, PostgreSQL, MariaDB or MySQL; others, in append modes, through their driver in lib/", JdbcLogin::parseUrl));
    static final Setting<String> JDBC_USERNAME = add(setting("sink.jdbc.username", "",
            "user of the database", Parsers::text).example("braze"));
    static final Setting<Secret> JDBC_PASSWORD = add(setting("sink.jdbc.password", "",
            "password of that user; better in the environment or in a file named by SINK_JDBC_PASSWORD_FILE", Secret::new).asSecret());
    static final Setting<String> JDBC_SCHEMA = add(setting("sink.jdbc.schema", "",
            "schema of the tables: lower-case letters, digits and _", Parsers::identifier).example("braze"));
    static final Setting<String> JDBC_TABLE_PREFIX = add(setting("sink.jdbc.table-prefix", "",
            "goes before each table's name: lower-case letters, digits and _, at most 24 characters", Parsers::tablePrefix)
            .example("braze_"));
    static final Setting<Boolean> JDBC_UNNEST = add(setting("sink.jdbc.unnest", "true",
            "keep nested statistics in tables of their own too", Parsers::bool));
    static final Setting<Boolean> JDBC_ADOPT = add(setting("sink.jdbc.adopt", "false",
            "take over tables that exist and are not ours", Parsers::bool));
    static final Setting<Path> FILE_DIRECTORY = add(setting("sink.file.directory", "./data/files",
            "folder of the files, one folder per stream in it", Parsers::path));
    static final Setting<FileSettings.Format> FILE_FORMAT = add(setting("sink.file.format", "jsonl",
            "jsonl, csv or parquet", Parsers.oneOf(FileSettings.Format.class)));
    static final Setting<FileSettings.Compression> FILE_COMPRESSION = add(setting("sink.file.compression", "none",
            "none, or gzip for jsonl and csv", Parsers.oneOf(FileSettings.Compression.class)));
    static final Setting<Long> FILE_ROLL_SIZE = add(setting("sink.file.roll-size", "128MB",
            "size at which a file is finished", Parsers::size));
    static final Setting<Duration> FILE_ROLL_TIME = add(setting("sink.file.roll-time", "5m",
            "age at which a file is finished", Parsers::duration));

    static final Setting<String> STATE_URL = add(setting("state.jdbc.url", "",
            "database of cursors and sync history; jdbc: always the sink's; file: H2 in <directory>/_state; endpoint: H2 in ./data/state",
            JdbcLogin::parseUrl).example("jdbc:h2:file:./data/state"));
    static final Setting<String> STATE_USERNAME = add(setting("state.jdbc.username", "",
            "user of that database", Parsers::text).example("braze"));
    static final Setting<Secret> STATE_PASSWORD = add(setting("state.jdbc.password", "",
            "password of that user; better in the environment or in a file named by STATE_JDBC_PASSWORD_FILE", Secret::new).asSecret());

    static final Setting<Path> ROUTES_DIRECTORY = add(setting("routes.directory", "",
            "folder of the YAML routes; without it ./routes, else routes/ beside the jar, else the packaged ones", Parsers::path)
            .example("./routes"));
    static final Setting<Boolean> ROUTES_PACKAGED = add(setting("routes.packaged", "false",
            "add the packaged routes whose files are not in that folder", Parsers::bool));

    static final Setting<Integer> HTTP_PORT = add(setting("http.port", "9876",
            "health and metrics under the command run: /observe/health/live, /observe/health/ready, /observe/metrics; 0 switches it off",
            Parsers.integer(0, 65535)));
    static final Setting<String> HTTP_HOST = add(setting("http.host", "0.0.0.0",
            "address on which health and metrics are served", Parsers::host));

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
        return Setting.of(name, defaultValue, description, parser);
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}
