package org.brazeroutes.camel;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.stream.StreamOptions;

/**
 * What an engine needs to know; made from the settings.
 *
 * @param endpoint        Braze's REST host
 * @param apiKey          never printed
 * @param timeZone        the workspace's, in which its days end
 * @param startDate       first day of history; empty for the stored one, else two years before today
 * @param concurrency     requests in flight at most
 * @param buckets         rate-limit buckets by name
 * @param share           of each bucket's limit that may be used
 * @param tries           how often and how patiently to ask
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
public record EngineOptions(URI endpoint, String apiKey, ZoneId timeZone, Optional<LocalDate> startDate, int concurrency,
        Map<String, Limit> buckets, double share, Duration connectTimeout, Duration requestTimeout, Braze.Tries tries,
        int parallelStreams, Function<String, StreamOptions> streams, Function<String, String> placeholder,
        DatabaseSettings database, SinkOptions sink, RouteFiles routes,
        Consumer<Collection<String>> checkStreams, Map<String, String> camelProperties,
        Optional<Http> http, Clock clock) {

    /** A bucket's limit: requests in a window. */
    public record Limit(long requests, Duration window) {
    }

    /** Where to serve health and metrics. */
    public record Http(String host, int port) {
    }

    @Override
    public String toString() {
        return "EngineOptions[" + endpoint + ", " + database + "]";
    }
}
