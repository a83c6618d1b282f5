package org.brazeroutes.camel;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.brazeroutes.braze.Braze;

/**
 * What the settings say about Braze.
 *
 * @param endpoint       Braze's REST host
 * @param apiKey         sent as a header, and in no other place; never printed
 * @param timeZone       the workspace's, in which its days end
 * @param concurrency    requests in flight at most, and connections kept
 * @param buckets        rate-limit buckets by name
 * @param share          of each bucket's limit that may be used
 * @param connectTimeout to reach the host
 * @param requestTimeout for a whole answer
 * @param tries          how often and how patiently to ask
 */
public record BrazeOptions(URI endpoint, String apiKey, ZoneId timeZone, int concurrency, Map<String, Limit> buckets, double share,
        Duration connectTimeout, Duration requestTimeout, Braze.Tries tries) {

    /** A bucket's limit: requests in a window. */
    public record Limit(long requests, Duration window) {
    }

    @Override
    public String toString() {
        return "BrazeOptions[" + endpoint + "]";
    }
}
