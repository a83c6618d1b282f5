package org.brazeroutes.braze;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all requests of a process share: the buckets, the pauses, the key's state, and how often to try. */
public final class Braze {

    private static final Logger LOG = LoggerFactory.getLogger(Braze.class);

    private final Buckets buckets;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
    private final Pause key;
    private final Semaphore flights;
    private final BrazeClock clock;
    private final Tries tries;
    private final RandomGenerator random;
    private final AtomicBoolean keyDoubted = new AtomicBoolean();

    /**
     * How often and how patiently to try.
     *
     * @param retries        further tries after the first
     * @param shortestPause  before the first of them; each further one may wait twice as long, up to a minute
     * @param askKeyAgain    how long after a first 401 the key is tried once more
     * @param waitForTheKey  true to wait for a refused key to work again instead of failing
     * @param rest           what an endpoint, or the key, gets that keeps failing
     */
    public record Tries(int retries, Duration shortestPause, Duration askKeyAgain, boolean waitForTheKey, Rest rest) {

        public Tries(int retries, Duration shortestPause, Duration askKeyAgain, boolean waitForTheKey) {
            this(retries, shortestPause, askKeyAgain, waitForTheKey, Rest.USUAL);
        }
    }

    /**
     * When an endpoint is left in peace.
     *
     * @param failures    in a row after which it rests
     * @param probeEvery  how often one request goes through meanwhile
     * @param giveUpAfter how long a rest lasts, as far as their pass has seen it, before its streams end
     * @param probeKey    how often a refused key is asked again
     */
    public record Rest(int failures, Duration probeEvery, Duration giveUpAfter, Duration probeKey) {

        public static final Rest USUAL = new Rest(20, Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofMinutes(15));
    }

    /** @param concurrency requests in flight at most */
    public Braze(Map<String, Bucket> buckets, int concurrency, BrazeClock clock, Tries tries, RandomGenerator random) {
        this.buckets = new Buckets(buckets);
        this.flights = new Semaphore(concurrency, true);
        this.clock = clock;
        this.tries = tries;
        this.key = new Pause(1, tries.rest().probeKey());
        this.random = random;
    }

    /** Begins a call: its tries share the buckets and pauses of this process. */
    public Call call(Request request, Caller caller) {
        return new Call(this, request, caller);
    }

    /** Tells, once, why nothing happens for a while. */
    void doubtKey() {
        if (keyDoubted.compareAndSet(false, true)) {
            LOG.warn("Braze answered 401; the key is tried once more in {} s", tries.askKeyAgain().toSeconds());
        }
    }

    public BrazeClock clock() {
        return clock;
    }

    /** False while Braze refuses the key. */
    public boolean authorized() {
        return !key.holds();
    }

    /** Waits until one more request may be in flight. */
    void beginFlight() {
        try {
            flights.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    void endFlight() {
        flights.release();
    }

    Buckets buckets() {
        return buckets;
    }

    Pause pause(String path) {
        return pauses.computeIfAbsent(path, p -> new Pause(tries.rest().failures(), tries.rest().probeEvery()));
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
