package org.brazeroutes.demo;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts requests per bucket and window. */
final class RateLimits {

    /**
     * One request's standing.
     *
     * @param reset epoch second at which the window ends
     */
    record Standing(boolean allowed, int limit, int remaining, long reset) {

        Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("x-ratelimit-limit", Integer.toString(limit));
            headers.put("x-ratelimit-remaining", Integer.toString(remaining));
            headers.put("x-ratelimit-reset", Long.toString(reset));
            return headers;
        }
    }

    private static final class Window {
        private long end;
        private int used;
    }

    private final Map<String, RateLimit> limits;
    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    RateLimits(Map<String, RateLimit> limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes n requests from a bucket; refused requests do not count. Zero only looks. */
    synchronized Standing take(String bucket, int n) {
        RateLimit limit = limits.get(bucket);
        if (limit == null) {
            throw new IllegalArgumentException("no bucket " + bucket + "; there are " + limits.keySet());
        }
        long seconds = limit.window().getSeconds();
        long end = (Math.floorDiv(clock.instant().getEpochSecond(), seconds) + 1) * seconds;
        Window window = windows.computeIfAbsent(bucket, name -> new Window());
        if (window.end != end) {
            window.end = end;
            window.used = 0;
        }
        boolean allowed = window.used < limit.requests();
        window.used = Math.min(limit.requests(), window.used + n);
        return new Standing(allowed, limit.requests(), limit.requests() - window.used, end);
    }
}
