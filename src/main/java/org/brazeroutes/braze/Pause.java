package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;

/** Holds back the requests of an endpoint, or of the key, that keeps failing: one probe now and then goes through. */
final class Pause {

    private final int failuresBefore;
    private final Duration probeEvery;
    private final Duration silence;
    private int failures;
    private Instant since;
    private Instant nextProbe;

    /** @param silence after which what failed before says nothing any more */
    Pause(int failuresBefore, Duration probeEvery, Duration silence) {
        this.failuresBefore = failuresBefore;
        this.probeEvery = probeEvery;
        this.silence = silence;
    }

    /** Zero if a request may go, else how long to wait before asking again. */
    synchronized Duration tryEnter(Instant now) {
        if (nextProbe == null) {
            return Duration.ZERO;
        }
        if (now.isBefore(nextProbe)) {
            return Duration.between(now, nextProbe);
        }
        if (now.isAfter(nextProbe.plus(silence))) {
            since = now;
        }
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
