package org.brazeroutes.braze;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time as Braze has it: this machine's, unless the answers' Date header shows that this one is wrong. */
public final class BrazeClock {

    private static final Logger LOG = LoggerFactory.getLogger(BrazeClock.class);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Clock clock;
    private final ZoneId zone;
    private volatile Duration correction = Duration.ZERO;
    private boolean warned;

    /** @param zone the workspace's time zone, in which its days end */
    public BrazeClock(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    public Instant now() {
        return clock.instant().plus(correction);
    }

    public LocalDate today() {
        return LocalDate.ofInstant(now(), zone);
    }

    public ZoneId zone() {
        return zone;
    }

    /** Compares this machine's time with an answer's Date. */
    public synchronized void observe(Instant date) {
        Duration off = Duration.between(clock.instant(), date);
        if (off.abs().compareTo(TOLERANCE) <= 0) {
            correction = Duration.ZERO;
            return;
        }
        correction = off;
        if (!warned) {
            warned = true;
            LOG.warn("this machine's clock is off by {} min against Braze's Date; today follows Braze. Set the clock right", -off.toMinutes());
        }
    }
}
