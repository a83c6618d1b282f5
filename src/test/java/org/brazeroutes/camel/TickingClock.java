package org.brazeroutes.camel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Clocks that tick in real time, but from a set moment on, so that no test depends on the day on which it runs. */
final class TickingClock {

    private TickingClock() {
    }

    static Clock from(Instant start) {
        return Clock.offset(Clock.system(ZoneOffset.UTC), Duration.between(Instant.now(), start));
    }
}
