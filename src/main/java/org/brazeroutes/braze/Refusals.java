package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** The answers with 429 to requests of a bucket: until when they pause it, and for how long there were no others. Its bucket guards it. */
final class Refusals {

    /** A pause ends at the latest this long after a whole window. */
    static final Duration LONGEST_OVER_WINDOW = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Duration window;
    private final Duration longest;
    private final RandomGenerator random;
    private Instant pausedUntil = Instant.MIN;
    /** The first and the last of those in a row; no first after an answer of another kind. */
    private Instant first;
    private Instant last;

    Refusals(Duration window, RandomGenerator random) {
        this.window = window;
        this.longest = window.plus(LONGEST_OVER_WINDOW);
        this.random = random;
    }

    Instant pausedUntil() {
        return pausedUntil;
    }

    /** One more: returns how long it pauses. Throws if two whole windows have passed so. */
    Duration add(RateLimitHeaders headers, Instant now) {
        // after a longer silence nobody asked: two windows in which nothing was tried prove nothing
        if (first == null || now.isAfter(last.plus(longest).plus(window))) {
            first = now;
        }
        last = now;
        if (Duration.between(first, now).compareTo(window.multipliedBy(2)) > 0) {
            throw new BrazeException(BrazeException.Reason.EXHAUSTED, "Braze's rate limit let no request through for two windows of "
                    + window.toSeconds() + " s; run again later or lower braze.rate-limit.share");
        }
        Duration told = headers.retryAfter().or(headers::untilReset).orElseGet(() -> Duration.ofMillis(1000 + random.nextLong(59_000)));
        Duration wait = min(max(told, SHORTEST), longest);
        pausedUntil = max(pausedUntil, now.plus(wait));
        return wait;
    }

    /** Another answer came. */
    void end() {
        first = null;
    }

    /** Times before it are in the future. */
    void clockSetBack(Instant now) {
        pausedUntil = min(pausedUntil, now.plus(longest));
        first = null;
    }

    private static <T extends Comparable<T>> T min(T a, T b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static <T extends Comparable<T>> T max(T a, T b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
