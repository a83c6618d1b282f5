package org.brazeroutes.pass;

import java.time.Duration;
import java.time.Instant;
import org.brazeroutes.braze.Caller.Why;

/** Time in which at least one thread of a stream waited for the rate limit. */
final class Waits {

    private static final Duration LONG = Duration.ofMinutes(1);

    private Duration total = Duration.ZERO;
    private int waiting;
    private long since;
    private Instant until;
    /** The end of the last wait that was told. */
    private Instant told;

    /** True if it is a wait so long that it must be told, and was not: many threads begin the same one. */
    synchronized boolean began(Why why, Duration time) {
        if (why != Why.RATE_LIMIT) {
            return false;
        }
        since = waiting++ == 0 ? System.nanoTime() : since;
        until = Instant.now().plus(time);
        boolean news = time.compareTo(LONG) > 0 && (told == null || told.plus(LONG).isBefore(until));
        told = news ? until : told;
        return news;
    }

    synchronized void ended(Why why) {
        if (why == Why.RATE_LIMIT && --waiting == 0) {
            total = total.plus(Duration.ofNanos(System.nanoTime() - since));
            until = null;
        }
    }

    synchronized Duration rateLimit() {
        return waiting == 0 ? total : total.plus(Duration.ofNanos(System.nanoTime() - since));
    }

    /** The end of the present wait, or null. */
    synchronized Instant until() {
        return until;
    }
}
