package org.brazeroutes.camel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.brazeroutes.braze.Waiter.Why;

/** Time in which at least one thread of a stream waited for the rate limit. */
final class Waits {

    private final Clock clock;
    private Duration total = Duration.ZERO;
    private int waiting;
    private Instant since;
    private Instant until;

    Waits(Clock clock) {
        this.clock = clock;
    }

    synchronized void began(Why why, Duration time) {
        if (why == Why.RATE_LIMIT) {
            since = waiting++ == 0 ? clock.instant() : since;
            until = clock.instant().plus(time);
        }
    }

    synchronized void ended(Why why) {
        if (why == Why.RATE_LIMIT && --waiting == 0) {
            total = total.plus(Duration.between(since, clock.instant()));
            until = null;
        }
    }

    synchronized Duration rateLimit() {
        return waiting == 0 ? total : total.plus(Duration.between(since, clock.instant()));
    }

    /** The end of the present wait, or null. */
    synchronized Instant until() {
        return until;
    }
}
