package org.brazeroutes.pass;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.brazeroutes.braze.BrazeException;
import org.brazeroutes.braze.Caller;
import org.brazeroutes.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a pass's requests, without the stream's place meanwhile, and counts them. Used by all threads of the pass. */
final class PassCaller implements Caller {

    private static final Logger LOG = LoggerFactory.getLogger(PassCaller.class);
    private static final Duration RETRIES_TOLD = Duration.ofMinutes(1);

    private final Stream stream;
    private final Instant began;
    private final Halt halt;
    private final Place place;
    private final Outcome outcome;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    /** When a failed try was told last, in nanoseconds; 0 for never. */
    private final AtomicLong toldRetry = new AtomicLong();
    private final Waits waits = new Waits();

    PassCaller(Stream stream, Instant began, Halt halt, Place place, Outcome outcome) {
        this.stream = stream;
        this.began = began;
        this.halt = halt;
        this.place = place;
        this.outcome = outcome;
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public void await(Duration time, Why why) {
        place.leave();
        if (waits.began(why, time)) {
            LOG.info("{}: waits for Braze's limit until {}", stream.name(), waits.until().truncatedTo(ChronoUnit.SECONDS));
        }
        try {
            halt.sleep(time);
        } finally {
            waits.ended(why);
            place.enter();
        }
    }

    @Override
    public void refused(BrazeException why) {
        outcome.note(why.getMessage() + ". It is asked again every 15 minutes");
    }

    @Override
    public void request() {
        requests.incrementAndGet();
    }

    /** Told once a minute at most: many partitions may meet the same. */
    @Override
    public void retry(String what) {
        retries.incrementAndGet();
        long last = toldRetry.get();
        long now = System.nanoTime();
        if ((last == 0 || now - last > RETRIES_TOLD.toNanos()) && toldRetry.compareAndSet(last, now)) {
            LOG.info("{}: {}; tried again", stream.name(), what);
        }
    }

    long requests() {
        return requests.get();
    }

    long retries() {
        return retries.get();
    }

    Waits waits() {
        return waits;
    }
}
