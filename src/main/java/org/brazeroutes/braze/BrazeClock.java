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
    private static final Duration DATE_PRECISION = Duration.ofSeconds(1);

    private final Clock clock;
    private final ZoneId zone;
    private volatile Duration correction = Duration.ZERO;
    /** How far this machine's clock is ahead of Braze's at most; null until an answer tells. */
    private Duration ahead;
    private boolean warned;

    /** @param zone the workspace's time zone, in which its days end */
    public BrazeClock(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    public Instant now() {
        return clock.instant().plus(correction);
    }

    /** This machine's own time, right or wrong. */
    Instant here() {
        return clock.instant();
    }

    /** The time by Braze's clock, or a little earlier, never later: as close as the quickest answers show. */
    synchronized Instant atBraze() {
        return clock.instant().minus(ahead == null ? Duration.ZERO : ahead);
    }

    public LocalDate today() {
        return LocalDate.ofInstant(now(), zone);
    }

    public ZoneId zone() {
        return zone;
    }

    /**
     * Compares this machine's time with an answer's Date, which has whole seconds.
     *
     * @param asked when the request was sent, by this machine's clock
     */
    public synchronized void observe(Instant asked, Instant date) {
        Instant received = clock.instant();
        Duration most = Duration.between(date, received);
        Duration least = Duration.between(date.plus(DATE_PRECISION), asked);
        // the latter: somebody set a clock
        if (ahead == null || most.compareTo(ahead) < 0 || least.compareTo(ahead) > 0) {
            ahead = most;
        }
        // an answer that came late, for this machine slept meanwhile say, is no sign of a wrong clock
        Duration off = date.isBefore(asked) ? Duration.between(asked, date) : date.isAfter(received) ? Duration.between(received, date) : Duration.ZERO;
        if (off.abs().compareTo(TOLERANCE) <= 0) {
            correction = Duration.ZERO;
            return;
        }
        correction = off;
        if (!warned) {
            warned = true;
            LOG.warn("this machine's clock is {} min {} Braze's Date; today follows Braze. Set the clock right", off.abs().toMinutes(),
                    off.isNegative() ? "ahead of" : "behind");
        }
    }
}
