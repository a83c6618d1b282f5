package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One of Braze's rate-limit buckets: fixed windows that end on the clock, {@code limit} requests each, of which we send
 * at most a share. What the answers' headers say corrects limit, window and what remains. All times are those of
 * {@link BrazeClock#atBraze}, so that a window is never believed to be over before it is.
 */
public final class Bucket {

    private static final Duration MARGIN = Duration.ofMillis(20);
    /** How soon an answer that is under way may change what we know. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** Braze's longest windows: whatever is configured, a reset within it is believed. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    private final Duration length;
    /** No window ends later than this from now. */
    private final Duration longest;
    private final double share;
    private final RandomGenerator random;
    private final Refusals refusals;
    private long limit;
    /** Requests that are sent and not answered; any of them may count in this window. */
    private long underWay;
    private Window window = new Window(Instant.MIN, Instant.MIN, 0);

    /** What is known of a window and of the requests that count in it. */
    private static final class Window {

        private Instant end;
        /** True once an answer named the end; until then it is guessed from the clock. */
        private boolean named;
        /** The end of the last window that an answer named and that is over. */
        private final Instant before;
        private long remaining = Long.MAX_VALUE;
        /** Requests that count in it, as far as they are under way no more. */
        private long counted;
        /** Requests that were under way when it began, and still are: they may count in the window before. */
        private long carriedOver;

        Window(Instant end, Instant before, long carriedOver) {
            this.end = end;
            this.before = before;
            this.carriedOver = carriedOver;
        }
    }

    public Bucket(long limit, Duration window, double share, RandomGenerator random) {
        this.limit = limit;
        this.length = window;
        this.longest = (window.compareTo(LONGEST_WINDOW) > 0 ? window : LONGEST_WINDOW).plus(Refusals.LONGEST_OVER_WINDOW);
        this.share = share;
        this.random = random;
        this.refusals = new Refusals(window, random);
    }

    /** A bucket of another limit, with the same window and share of it. */
    Bucket of(long otherLimit) {
        return new Bucket(otherLimit, length, share, random);
    }

    /** Counts a request that is under way, and was counted elsewhere when it was sent. */
    synchronized void join() {
        underWay++;
    }

    /** Counts one request; or, if it may not go yet, counts nothing and returns how long to wait before asking again. */
    synchronized Duration tryAcquire(Instant now) {
        enter(now);
        if (now.isBefore(refusals.pausedUntil())) {
            return Duration.between(now, refusals.pausedUntil()).plus(MARGIN);
        }
        if (hasRoom(underWay)) {
            underWay++;
            return Duration.ZERO;
        }
        return hasRoom(0) ? LOOK_AGAIN : Duration.between(now, window.end).plus(MARGIN);
    }

    /** True if one more may go, should so many of those under way count, which no answer has told yet. */
    private boolean hasRoom(long untold) {
        // a product such as 0.57 * 100 lies a little below its true value
        long ours = Math.max(1, (long) (share * limit + 1e-6));
        long others = Math.max(1, limit - ours);
        return window.counted + untold < ours && window.remaining - untold >= others;
    }

    /** Learns from the headers of the answer to a request that was counted here. */
    synchronized void observe(RateLimitHeaders headers, Instant now) {
        enter(now);
        headers.limit().filter(value -> value > 0).ifPresent(value -> limit = value);
        Optional<Instant> end = headers.reset().filter(reset -> reset.isBefore(now.plus(longest)));
        if (end.isPresent() && !learnEnd(end.get(), now)) {
            window.carriedOver--;
            underWay--;
            return;
        }
        // a reset that has passed is that of the window before
        boolean over = headers.untilReset()
                .filter(left -> left.compareTo(Duration.ZERO) <= 0 && left.compareTo(longest.negated()) > 0).isPresent();
        if (!over) {
            window.remaining = Math.min(window.remaining, headers.remaining().orElse(Long.MAX_VALUE));
        }
        lost();
    }

    /** A request that was counted here is no longer under way; without an answer nobody knows whether it reached Braze. */
    synchronized void lost() {
        underWay--;
        window.counted++;
        window.carriedOver = Math.min(window.carriedOver, underWay);
    }

    /** A request was answered otherwise than with 429. */
    synchronized void accepted() {
        refusals.end();
    }

    /** A request was answered with 429: pauses the bucket. Throws if two whole windows have passed so. */
    synchronized Duration refused(RateLimitHeaders headers, Instant now) {
        return refusals.add(headers, now);
    }

    /** Windows end on the clock, unless an answer names another end. */
    private void enter(Instant now) {
        if (window.end.isAfter(now.plus(longest))) {
            refusals.clockSetBack(now);
            window = onTheClock(now, Instant.MIN);
        } else if (!now.isBefore(window.end)) {
            window = onTheClock(now, window.named ? window.end : window.before);
        }
    }

    /** Takes the end of the window in which Braze counted a request; false if that one is over: its answer tells nothing of this one. */
    private boolean learnEnd(Instant end, Instant now) {
        if (window.carriedOver > 0 && !end.isAfter(window.before)) {
            return false;
        }
        if (!end.isAfter(now)) {
            window = onTheClock(now, end);
            return false;
        }
        if (window.named && end.isAfter(window.end)) {
            window = new Window(end, window.end, underWay);
        }
        window.end = end;
        window.named = true;
        return true;
    }

    private Window onTheClock(Instant now, Instant before) {
        long millis = length.toMillis();
        return new Window(Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), millis) + 1) * millis), before, underWay);
    }
}
