package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One of Braze's rate-limit buckets: fixed windows that end on the clock, {@code limit} requests each, of which we send
 * at most a share. What the answers' headers say corrects limit and what remains.
 */
public final class Bucket {

    private static final Duration MARGIN = Duration.ofMillis(20);
    private static final Duration DATE_PRECISION = Duration.ofSeconds(1);
    /** A wait after 429 ends at the latest this long after a whole window. */
    private static final Duration LONGEST_OVER_WINDOW = Duration.ofSeconds(60);

    private final Duration window;
    private final double share;
    private final RandomGenerator random;
    private long limit;
    private Instant windowEnd = Instant.MIN;
    private long sent;
    private Instant pausedUntil = Instant.MIN;
    private Instant refusedSince;
    private Instant lastRefused;

    public Bucket(long limit, Duration window, double share, RandomGenerator random) {
        this.limit = limit;
        this.window = window;
        this.share = share;
        this.random = random;
    }

    /** Counts one request; or, if it may not go yet, counts nothing and returns how long to wait before asking again. */
    synchronized Duration tryAcquire(Instant now) {
        enter(now);
        if (now.isBefore(pausedUntil)) {
            return Duration.between(now, pausedUntil).plus(MARGIN);
        }
        if (sent >= Math.max(1, (long) (share * limit))) {
            return Duration.between(now, windowEnd).plus(MARGIN);
        }
        sent++;
        return Duration.ZERO;
    }

    /** Learns from the headers of an answer. */
    synchronized void observe(RateLimitHeaders headers, Instant now) {
        enter(now);
        headers.limit().filter(value -> value > 0).ifPresent(value -> limit = value);
        Optional<Instant> reset = untilReset(headers).filter(wait -> wait.compareTo(Duration.ZERO) > 0).map(now::plus);
        // Date has whole seconds: a reset that is but a little earlier is the end we know
        windowEnd = reset.filter(end -> end.plus(DATE_PRECISION).isBefore(windowEnd)).orElse(windowEnd);
        if (headers.remaining().isPresent() && headers.remaining().get() < (1 - share) * limit) {
            pauseUntil(now.plus(untilReset(headers).orElse(Duration.between(now, windowEnd))));
        }
    }

    /** A request was answered otherwise than with 429. */
    synchronized void accepted() {
        refusedSince = null;
    }

    /** A request was answered with 429: pauses the bucket. Throws if two whole windows have passed so. */
    synchronized Duration refused(RateLimitHeaders headers, Instant now) {
        // after a longer silence nobody asked: two windows in which nothing was tried prove nothing
        boolean silent = lastRefused == null || now.isAfter(lastRefused.plus(window).plus(LONGEST_OVER_WINDOW).plus(window));
        refusedSince = refusedSince == null || silent ? now : refusedSince;
        lastRefused = now;
        if (Duration.between(refusedSince, now).compareTo(window.multipliedBy(2)) > 0) {
            throw new BrazeException(BrazeException.Reason.EXHAUSTED, "Braze's rate limit let no request through for two windows of "
                    + window.toSeconds() + " s; run again later or lower braze.rate-limit.share");
        }
        Duration wait = headers.retryAfter().or(() -> untilReset(headers))
                .orElseGet(() -> Duration.ofMillis(1000 + random.nextLong(59_000)));
        wait = min(max(wait, Duration.ofSeconds(1)), window.plus(LONGEST_OVER_WINDOW));
        pauseUntil(now.plus(wait));
        return wait;
    }

    private Optional<Duration> untilReset(RateLimitHeaders headers) {
        return headers.untilReset().map(wait -> min(wait, window.plus(LONGEST_OVER_WINDOW)));
    }

    private void pauseUntil(Instant time) {
        pausedUntil = time.isAfter(pausedUntil) ? time : pausedUntil;
    }

    /** Windows end on the clock, unless an answer says that this one ends earlier. */
    private void enter(Instant now) {
        if (!now.isBefore(windowEnd)) {
            sent = 0;
            windowEnd = Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), window.toMillis()) + 1) * window.toMillis());
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
