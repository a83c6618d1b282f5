package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * One of Braze's rate-limit buckets: fixed windows that end on the clock, {@code limit} requests each, of which we send
 * at most a share. What the answers' headers say corrects limit, window and what remains. All times are those of
 * {@link BrazeClock#atBraze}, so that a window is never believed to be over before it is.
 */
public final class Bucket {

    private static final Duration MARGIN = Duration.ofMillis(20);
    /** A wait after 429 ends at the latest this long after a whole window. */
    private static final Duration LONGEST_OVER_WINDOW = Duration.ofSeconds(60);
    /** Braze's longest windows: whatever is configured, a reset within it is believed. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
    /** How soon an answer that is under way may change what we know. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Duration window;
    private final double share;
    private final RandomGenerator random;
    private long limit;
    private Instant windowEnd = Instant.MIN;
    /** True once an answer named the window's end; until then it is guessed from the clock. */
    private boolean named;
    /** The end of the last window that an answer named and that is over. */
    private Instant lastEnd = Instant.MIN;
    /** Requests of this window, and those under way when it began: any of them may count in it. */
    private long sent;
    private long underWay;
    private long carriedOver;
    private long remaining = Long.MAX_VALUE;
    private Instant pausedUntil = Instant.MIN;
    private Instant refusedSince;
    private Instant lastRefused;

    public Bucket(long limit, Duration window, double share, RandomGenerator random) {
        this.limit = limit;
        this.window = window;
        this.share = share;
        this.random = random;
    }

    /** A bucket of another limit, with the same window and share of it. */
    Bucket of(long otherLimit) {
        return new Bucket(otherLimit, window, share, random);
    }

    /** Counts a request that is under way, and was counted elsewhere when it was sent. */
    synchronized void join() {
        sent++;
        underWay++;
    }

    /** Counts one request; or, if it may not go yet, counts nothing and returns how long to wait before asking again. */
    synchronized Duration tryAcquire(Instant now) {
        enter(now);
        if (now.isBefore(pausedUntil)) {
            return Duration.between(now, pausedUntil).plus(MARGIN);
        }
        // what remains was said before the requests under way were counted
        if (sent < ours() && remaining - underWay >= others()) {
            sent++;
            underWay++;
            return Duration.ZERO;
        }
        boolean mayChange = underWay > 0 && sent - underWay < ours() && remaining >= others();
        return mayChange ? LOOK_AGAIN : Duration.between(now, windowEnd).plus(MARGIN);
    }

    /** Learns from the headers of the answer to a request that was counted here. */
    synchronized void observe(RateLimitHeaders headers, Instant now) {
        enter(now);
        headers.limit().filter(value -> value > 0).ifPresent(value -> limit = value);
        boolean late = headers.reset().filter(end -> end.isBefore(now.plus(longest()))).map(end -> late(end, now)).orElse(false);
        // a reset that has passed is that of the window before
        boolean over = headers.untilReset().filter(left -> left.compareTo(Duration.ZERO) <= 0 && left.compareTo(longest().negated()) > 0).isPresent();
        if (!late && !over) {
            remaining = Math.min(remaining, headers.remaining().orElse(Long.MAX_VALUE));
        }
        lost();
    }

    /** A request that was counted here is no longer under way; without an answer nobody knows whether it reached Braze. */
    synchronized void lost() {
        underWay--;
        carriedOver = Math.min(carriedOver, underWay);
    }

    /** Takes the end of the window in which Braze counted a request; true if that window is over: it says nothing about this one. */
    private boolean late(Instant end, Instant now) {
        boolean late = !end.isAfter(lastEnd) && carriedOver > 0;
        if (!late) {
            if (named && end.isAfter(windowEnd)) {
                begin(end);
            }
            windowEnd = end;
            named = true;
            enter(now);
            late = !named;
        }
        if (late) {
            carriedOver--;
            sent--;
        }
        return late;
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
        Duration wait = headers.retryAfter().or(headers::untilReset)
                .orElseGet(() -> Duration.ofMillis(1000 + random.nextLong(59_000)));
        wait = min(max(wait, Duration.ofSeconds(1)), window.plus(LONGEST_OVER_WINDOW));
        pausedUntil = max(pausedUntil, now.plus(wait));
        return wait;
    }

    /** Requests a window that we may send. */
    private long ours() {
        // a product such as 0.57 * 100 lies a little below its true value
        return Math.max(1, (long) (share * limit + 1e-6));
    }

    /** What must remain so that we may send one more. */
    private long others() {
        return Math.max(1, limit - ours());
    }

    private Duration longest() {
        return max(window, LONGEST_WINDOW).plus(LONGEST_OVER_WINDOW);
    }

    /** Windows end on the clock, unless an answer names another end. */
    private void enter(Instant now) {
        if (windowEnd.isAfter(now.plus(longest()))) {
            // the clock was set back
            named = false;
            lastEnd = Instant.MIN;
            windowEnd = now;
            pausedUntil = min(pausedUntil, now.plus(window).plus(LONGEST_OVER_WINDOW));
            refusedSince = null;
            lastRefused = null;
        }
        if (!now.isBefore(windowEnd)) {
            begin(Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), window.toMillis()) + 1) * window.toMillis()));
        }
    }

    private void begin(Instant end) {
        lastEnd = named ? windowEnd : lastEnd;
        windowEnd = end;
        named = false;
        sent = underWay;
        carriedOver = underWay;
        remaining = Long.MAX_VALUE;
    }

    private static <T extends Comparable<T>> T min(T a, T b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static <T extends Comparable<T>> T max(T a, T b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
