package org.brazeroutes.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.brazeroutes.stream.StreamOptions;

/** All settings of one start, checked and typed. Immutable; its texts hold no secret. */
public final class Settings {

    static final String ENDPOINT_MISSING =
            "braze.endpoint is not set; set BRAZE_ENDPOINT to the workspace's REST URL or instance name, such as US-03";
    static final String API_KEY_MISSING =
            "braze.api-key is not set; set BRAZE_API_KEY, or BRAZE_API_KEY_FILE to a file that holds the REST API key";

    private final Sources sources;
    /** By the name of the environment variable, for a stream's name may hold a minus that variables cannot show. */
    private final Map<String, Object> values;
    private final Map<String, Set<String>> problemsOfStreams;

    /** @param problemsOfStreams what is wrong with variables of the environment, by the stream's name that they may mean, in lower case */
    Settings(Sources sources, Map<String, Object> values, Map<String, Set<String>> problemsOfStreams) {
        this.sources = sources;
        this.values = Map.copyOf(values);
        this.problemsOfStreams = Map.copyOf(problemsOfStreams);
    }

    /**
     * Reads and checks all settings.
     *
     * @param brazeNeeded whether endpoint and key must be there: commands that send no request do without
     * @throws SettingsException with every problem found
     */
    public static Settings load(Sources sources, boolean brazeNeeded, CronCheck cronCheck) {
        Settings settings = new Loader(sources, cronCheck).load(brazeNeeded);
        Secrets.hide(settings.values.values().stream().filter(Secret.class::isInstance).map(Secret.class::cast).toList());
        return settings;
    }

    /** @throws SettingsException if it is not set */
    public URI endpoint() {
        return find(Declared.ENDPOINT).orElseThrow(() -> new SettingsException(ENDPOINT_MISSING));
    }

    /** @throws SettingsException if it is not set */
    public Secret apiKey() {
        return find(Declared.API_KEY).orElseThrow(() -> new SettingsException(API_KEY_MISSING));
    }

    public Optional<LocalDate> startDate() {
        return find(Declared.START_DATE);
    }

    public ZoneId timeZone() {
        return get(Declared.TIME_ZONE);
    }

    public boolean includeArchived() {
        return get(Declared.INCLUDE_ARCHIVED);
    }

    public List<String> appIds() {
        return find(Declared.APP_IDS).orElse(List.of());
    }

    public int concurrency() {
        return get(Declared.CONCURRENCY);
    }

    /** Above 0 and up to 1. */
    public double rateLimitShare() {
        return get(Declared.RATE_LIMIT_SHARE);
    }

    public RateLimit defaultRateLimit() {
        return get(Declared.RATE_LIMIT_DEFAULT);
    }

    public RateLimit namesRateLimit() {
        return get(Declared.RATE_LIMIT_NAMES);
    }

    public RateLimit campaignSeriesRateLimit() {
        return get(Declared.RATE_LIMIT_CAMPAIGN_SERIES);
    }

    public Duration connectTimeout() {
        return get(Declared.CONNECT_TIMEOUT);
    }

    public Duration requestTimeout() {
        return get(Declared.REQUEST_TIMEOUT);
    }

    public int retries() {
        return get(Declared.RETRIES);
    }

    public int parallelStreams() {
        return get(Declared.PARALLEL_STREAMS);
    }

    /** What holds for one stream, whether or not it has settings of its own. */
    public StreamOptions stream(String name) {
        Optional<Duration> ownPeriod = find(Declared.STREAM_PERIOD.forStream(name));
        Optional<String> ownCron = find(Declared.STREAM_CRON.forStream(name));
        return new StreamOptions(
                find(Declared.STREAM_ENABLED.forStream(name)).orElseGet(() -> get(Declared.STREAMS).includes(name)),
                find(Declared.STREAM_MODE.forStream(name)),
                ownPeriod.orElseGet(() -> get(Declared.PERIOD)),
                ownCron.or(() -> ownPeriod.isPresent() ? Optional.empty() : find(Declared.CRON)),
                find(Declared.STREAM_LOOKBACK_DAYS.forStream(name)).orElseGet(() -> get(Declared.LOOKBACK_DAYS)),
                find(Declared.STREAM_START_DATE.forStream(name)).or(this::startDate));
    }

    /**
     * Checks every setting that names a stream, once the streams are known.
     *
     * @return warnings: variables of the environment that name no stream
     * @throws SettingsException with one line for each other setting that names none
     */
    public List<String> checkStreams(Collection<String> streams) {
        List<String> problems = new ArrayList<>();
        get(Declared.STREAMS).problems(streams).forEach(problem -> problems.add(Declared.STREAMS + ": " + problem));
        for (Map<String, String> named : List.of(sources.set(), sources.file())) {
            named.keySet().forEach(name -> Names.stream(name).filter(stream -> !streams.contains(stream))
                    .ifPresent(stream -> problems.add(name + ": " + StreamSelection.unknown(stream, streams))));
        }
        List<String> lower = streams.stream().map(stream -> Setting.environmentName(stream).toLowerCase(Locale.ROOT)).toList();
        lower.forEach(stream -> problems.addAll(problemsOfStreams.getOrDefault(stream, Set.of())));
        if (!problems.isEmpty()) {
            throw new SettingsException(problems.stream().distinct().toList());
        }
        return sources.environment().keySet().stream().sorted()
                .filter(variable -> Environment.stream(variable).filter(stream -> !lower.contains(stream)).isPresent())
                .map(variable -> variable + " is ignored: " + StreamSelection.unknown(Environment.stream(variable).orElseThrow(), lower))
                .toList();
    }

    public SinkSetting sink() {
        return get(Declared.SINK);
    }

    public JdbcSettings jdbc() {
        JdbcLogin login = new JdbcLogin(get(Declared.JDBC_URL), find(Declared.JDBC_USERNAME), find(Declared.JDBC_PASSWORD));
        return new JdbcSettings(login, find(Declared.JDBC_SCHEMA), find(Declared.JDBC_TABLE_PREFIX).orElse(""),
                get(Declared.JDBC_UNNEST), get(Declared.JDBC_ADOPT));
    }

    public FileSettings file() {
        return new FileSettings(get(Declared.FILE_DIRECTORY), get(Declared.FILE_FORMAT), get(Declared.FILE_COMPRESSION),
                get(Declared.FILE_ROLL_SIZE), get(Declared.FILE_ROLL_TIME));
    }

    /** The database of cursors and history: with {@code sink=jdbc} the sink's. */
    public JdbcLogin state() {
        if (sink().kind() == SinkSetting.Kind.JDBC) {
            return jdbc().login();
        }
        // H2 takes a relative path only with ./ before it; an absolute one is always understood
        String url = find(Declared.STATE_URL).orElseGet(() -> stateInFolder()
                ? "jdbc:h2:file:" + file().directory().toAbsolutePath().normalize().resolve("_state/state")
                : "jdbc:h2:file:./data/state");
        return new JdbcLogin(url, find(Declared.STATE_USERNAME), find(Declared.STATE_PASSWORD));
    }

    /** True if the state lies in the folder of the files, because nothing else is set. */
    public boolean stateInFolder() {
        return sink().kind() == SinkSetting.Kind.FILE && find(Declared.STATE_URL).isEmpty();
    }

    public Optional<Path> routesDirectory() {
        return find(Declared.ROUTES_DIRECTORY);
    }

    public boolean routesPackaged() {
        return get(Declared.ROUTES_PACKAGED);
    }

    /** 0 means that health and metrics are off. */
    public int httpPort() {
        return get(Declared.HTTP_PORT);
    }

    public String httpHost() {
        return get(Declared.HTTP_HOST);
    }

    /** Settings outside our namespaces, for Camel and its components; may hold their secrets. */
    public Map<String, String> passThrough() {
        return sources.passThrough();
    }

    /** The settings file that was read, as it was named. */
    public Optional<String> fileRead() {
        return Optional.of(sources.fileName()).filter(name -> !name.isEmpty() && !name.equals(Sources.PROGRAM));
    }

    /** Variables of the environment that look like settings and are none, a line each. */
    public List<String> warnings() {
        return Environment.warnings(sources.environment().keySet());
    }

    /** Settings of the program itself, over which {@code --set} may go: no file, no environment. */
    public static Settings explicit(Map<String, String> values, Map<String, String> set, CronCheck cronCheck) {
        return load(Sources.explicit(values, set), true, cronCheck);
    }

    private <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting + " has no default"));
    }

    @SuppressWarnings("unchecked") // the loader put in what this setting's own parser made
    private <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting.environmentName()));
    }
}
