package org.brazeroutes.braze;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** What all requests of a process share: the buckets, the pauses, the key's state, and how often to try. */
public final class Braze {

    /** Failures in a row after which an endpoint rests, how often it is then probed, and when its streams give up. */
    private static final int FAILURES_BEFORE_PAUSE = 20;
    private static final Duration PROBE_EVERY = Duration.ofMinutes(1);
    static final Duration GIVE_UP_AFTER = Duration.ofMinutes(15);
    private static final Duration ASK_KEY_AGAIN_EVERY = Duration.ofMinutes(15);

    private final Map<String, Bucket> buckets;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
    private final Pause key = new Pause(1, ASK_KEY_AGAIN_EVERY);
    private final BrazeClock clock;
    private final Tries tries;
    private final RandomGenerator random;

    /**
     * How often and how patiently to try.
     *
     * @param retries        further tries after the first
     * @param shortestPause  before the first of them; each further one may wait twice as long, up to a minute
     * @param askKeyAgain    how long after a first 401 the key is tried once more
     * @param waitForTheKey  true to wait for a refused key to work again instead of failing
     */
    public record Tries(int retries, Duration shortestPause, Duration askKeyAgain, boolean waitForTheKey) {
    }

    public Braze(Map<String, Bucket> buckets, BrazeClock clock, Tries tries, RandomGenerator random) {
        this.buckets = new HashMap<>(buckets);
        this.clock = clock;
        this.tries = tries;
        this.random = random;
    }

    /** Begins a call: its tries share the buckets and pauses of this process. */
    public Call call(Request request, Waiter waiter, CallCounter counter) {
        return new Call(this, request, waiter, counter);
    }

    public BrazeClock clock() {
        return clock;
    }

    /** False while Braze refuses the key. */
    public boolean authorized() {
        return !key.holds();
    }

    Bucket bucket(String name) {
        return buckets.get(name);
    }

    Pause pause(String path) {
        return pauses.computeIfAbsent(path, p -> new Pause(FAILURES_BEFORE_PAUSE, PROBE_EVERY));
    }

    Pause key() {
        return key;
    }

    Tries tries() {
        return tries;
    }

    /** Exponential back-off with full jitter, at most a minute. */
    public Duration backOff(int failures) {
        long longest = Math.min(60_000, tries.shortestPause.toMillis() << Math.min(failures - 1, 16));
        return Duration.ofMillis(random.nextLong(longest + 1));
    }
}
