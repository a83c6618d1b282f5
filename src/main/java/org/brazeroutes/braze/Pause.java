package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;

/** Holds back the requests of an endpoint, or of the key, that keeps failing: one probe now and then goes through. */
final class Pause {

    private final int failuresBefore;
    private final Duration probeEvery;
    private int failures;
    private Instant since;
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
        Duration left = Duration.between(now, nextProbe);
        boolean setBack = left.compareTo(probeEvery) > 0;
        if (!setBack && left.compareTo(Duration.ZERO) > 0) {
            return left;
        }
        since = setBack ? now : since;
        nextProbe = now.plus(probeEvery);
        return Duration.ZERO;
    }

    synchronized void succeeded() {
        failures = 0;
        since = null;
        nextProbe = null;
    }

    synchronized void failed(Instant now) {
        failures++;
        if (failures >= failuresBefore && nextProbe == null) {
            since = now;
            nextProbe = now.plus(probeEvery);
        }
    }

    /** How long requests have been held back; zero if they are not. */
    synchronized Duration heldFor(Instant now) {
        return since == null ? Duration.ZERO : Duration.between(since, now);
    }

    synchronized boolean holds() {
        return nextProbe != null;
    }
}
