package org.brazeroutes.camel;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.stream.StreamOptions;

/**
 * What an engine needs to know; made from the settings.
 *
 * @param braze           how to ask Braze
 * @param startDate       first day of history; empty for the stored one, else two years before today
 * @param parallelStreams streams at work at the same time
 * @param streams         what the settings say about a stream
 * @param placeholder     the value of a setting that route files may name, or null
 * @param database        where the state lives; tables live there too
 * @param sink            the target
 * @param routes          the route files
 * @param checkStreams    hears the streams' names before anything is opened; throws if a setting names none of them
 * @param camelProperties settings of Camel's own, passed on
 * @param http            where health and metrics are served; empty for nowhere
 * @param clock           this machine's
 */
public record EngineOptions(BrazeOptions braze, Optional<LocalDate> startDate, int parallelStreams, Function<String, StreamOptions> streams,
        Function<String, String> placeholder, DatabaseSettings database, SinkOptions sink, RouteFiles routes,
        Consumer<Collection<String>> checkStreams, Map<String, String> camelProperties, Optional<Http> http, Clock clock) {

    /** Where to serve health and metrics. */
    public record Http(String host, int port) {
    }

    @Override
    public String toString() {
        return "EngineOptions[" + braze + ", " + database + "]";
    }
}
