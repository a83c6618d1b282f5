package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;

/** Holds back the requests of an endpoint, or of the key, that keeps failing: one probe now and then goes through. */
final class Pause {

    private final int failuresBefore;
    private final Duration probeEvery;
    private int failures;
    private Instant nextProbe;

    Pause(int failuresBefore, Duration probeEvery) {
        this.failuresBefore = failuresBefore;
        this.probeEvery = probeEvery;
    }

    /** Zero if a request may go, else how long to wait before asking again. */
    synchronized Duration tryEnter(Instant now) {
        if (nextProbe == null) {
            return Duration.ZERO;
        }
        if (now.isBefore(nextProbe)) {
            return Duration.between(now, nextProbe);
        }
        nextProbe = now.plus(probeEvery);
        return Duration.ZERO;
    }

    synchronized void succeeded() {
        failures = 0;
        nextProbe = null;
    }

    synchronized void failed(Instant now) {
        failures++;
        if (failures >= failuresBefore && nextProbe == null) {
            nextProbe = now.plus(probeEvery);
        }
    }

    synchronized boolean holds() {
        return nextProbe != null;
    }
}
