package org.brazeroutes.cli;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.camel.BrazeOptions;
import org.brazeroutes.camel.EngineOptions;
import org.brazeroutes.camel.SinkOptions;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.settings.FileSettings;
import org.brazeroutes.settings.JdbcLogin;
import org.brazeroutes.settings.Nearest;
import org.brazeroutes.settings.RateLimit;
import org.brazeroutes.settings.Secret;
import org.brazeroutes.settings.Settings;
import org.brazeroutes.settings.SettingsException;
import org.brazeroutes.settings.SinkSetting;
import org.brazeroutes.sink.FileOptions;

/** Turns settings into what the engine takes. */
final class Wiring {

    /** Full jitter starts at a second; Braze asks for pauses that double. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration ASK_KEY_AGAIN = Duration.ofSeconds(10);
    /** A check is for somebody who waits for it. */
    private static final int CHECK_RETRIES = 2;
    /** For leases, state and readers; a stream may hold two until its pass ends, also while it waits for Braze's limit. */
    private static final int FURTHER_CONNECTIONS = 16;

    private static final String NONE_ENABLED = "no stream is enabled; see sync.streams, stream.<name>.enabled and 'streams'";

    private final Settings settings;
    private final Console console;
    private final boolean running;

    /** @param running true for {@code run}: it serves health, and waits for a refused key */
    Wiring(Settings settings, Console console, boolean running) {
        this.settings = settings;
        this.console = console;
        this.running = running;
    }

    /**
     * @param named streams of the command line, which must exist too
     * @param also  what else the names of all streams must pass
     */
    private EngineOptions options(URI endpoint, String key, List<String> named, int retries, Consumer<Collection<String>> also) {
        RouteFiles routes = routes();
        // what no file is named after is told before Camel starts; whether each file declares a stream shows only then
        if (!routes.names().isEmpty()) {
            check(routes.names(), named);
        }
        return new EngineOptions(braze(endpoint, key, retries), settings.startDate(), settings.parallelStreams(), settings::stream,
                this::placeholder, database(routes.names().size()), sink(), routes,
                names -> {
                    check(names, named).forEach(console::warn);
                    also.accept(names);
                }, settings.passThrough(), http(), Clock.systemUTC());
    }

    private BrazeOptions braze(URI endpoint, String key, int retries) {
        return new BrazeOptions(endpoint, key, settings.timeZone(), settings.concurrency(),
                Map.of("default", limit(settings.defaultRateLimit()), "names", limit(settings.namesRateLimit()),
                        "campaign-series", limit(settings.campaignSeriesRateLimit())),
                settings.rateLimitShare(), settings.connectTimeout(), settings.requestTimeout(),
                new Braze.Tries(retries, SHORTEST_PAUSE, ASK_KEY_AGAIN, running));
    }

    EngineOptions options(List<String> named) {
        return options(settings.endpoint(), settings.apiKey().reveal(), named, settings.retries(),
                names -> someIsToRun(names, named));
    }

    /** For a quick try of each endpoint. */
    EngineOptions check() {
        return options(settings.endpoint(), settings.apiKey().reveal(), List.of(), Math.min(CHECK_RETRIES, settings.retries()),
                names -> someIsToRun(names, List.of()));
    }

    /** For commands that send no request. */
    EngineOptions offline(List<String> named) {
        return options(URI.create("https://localhost"), "", named, 0, names -> { });
    }

    /** Where the state lives: with tables as the target, in the same database, schema and prefix. */
    private DatabaseSettings database(int streams) {
        JdbcLogin login = settings.state();
        boolean tables = settings.sink().kind() == SinkSetting.Kind.JDBC;
        return new DatabaseSettings(login.url(), login.username().orElse(""), login.password().map(Secret::reveal).orElse(""),
                tables ? settings.jdbc().schema().orElse("") : "", tables ? settings.jdbc().tablePrefix() : "",
                2 * streams + FURTHER_CONNECTIONS, login.toString(),
                tables ? "sink.jdbc" : settings.stateInFolder() ? DatabaseSettings.OF_FILES : "state.jdbc");
    }

    private SinkOptions sink() {
        return switch (settings.sink().kind()) {
            case JDBC -> new SinkOptions.Jdbc(settings.jdbc().unnest(), settings.jdbc().adopt());
            case FILE -> {
                FileSettings file = settings.file();
                yield new SinkOptions.Files(new FileOptions(file.directory().toAbsolutePath().normalize(),
                        FileOptions.Format.valueOf(file.format().name()), file.compression() == FileSettings.Compression.GZIP,
                        file.rollSize(), file.rollTime()));
            }
            case ENDPOINT -> new SinkOptions.Endpoint(settings.sink().uri(), settings.sink().toString());
        };
    }

    private RouteFiles routes() {
        try {
            return RouteFiles.find(settings.routesDirectory(), settings.routesPackaged());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    /** Refuses settings and words that name none of the streams; returns warnings. */
    private List<String> check(Collection<String> names, List<String> named) {
        List<String> warnings = settings.checkStreams(names);
        List<String> unknown = named.stream().filter(name -> !names.contains(name))
                .map(name -> "'" + name + "' is no stream" + Nearest.hint(name, names) + "; 'streams' lists them").toList();
        if (!unknown.isEmpty()) {
            throw new SettingsException(unknown);
        }
        return warnings;
    }

    private void someIsToRun(Collection<String> names, List<String> named) {
        if (named.isEmpty() && names.stream().noneMatch(name -> settings.stream(name).enabled())) {
            throw new SettingsException(NONE_ENABLED);
        }
    }

    private String placeholder(String name) {
        return switch (name) {
            case "braze.include-archived" -> String.valueOf(settings.includeArchived());
            case "braze.app-ids" -> String.join(",", settings.appIds());
            case "braze.time-zone" -> settings.timeZone().getId();
            default -> null;
        };
    }

    private Optional<EngineOptions.Http> http() {
        return running && settings.httpPort() > 0
                ? Optional.of(new EngineOptions.Http(settings.httpHost(), settings.httpPort())) : Optional.empty();
    }

    private static BrazeOptions.Limit limit(RateLimit limit) {
        return new BrazeOptions.Limit(limit.requests(), limit.window());
    }
}
