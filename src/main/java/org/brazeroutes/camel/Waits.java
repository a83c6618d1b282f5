package org.brazeroutes.camel;

import java.time.Duration;
import java.time.Instant;
import org.brazeroutes.braze.Caller.Why;

/** Time in which at least one thread of a stream waited for the rate limit. */
final class Waits {

    private Duration total = Duration.ZERO;
    private int waiting;
    private long since;
    private Instant until;

    synchronized void began(Why why, Duration time) {
        if (why == Why.RATE_LIMIT) {
            since = waiting++ == 0 ? System.nanoTime() : since;
            until = Instant.now().plus(time);
        }
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
