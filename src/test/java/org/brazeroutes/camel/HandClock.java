package org.brazeroutes.camel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved by hand; all its copies move with it. */
final class HandClock extends Clock {

    private final Instant[] now;
    private final ZoneId zone;

    HandClock(String now) {
        this(new Instant[] {Instant.parse(now)}, ZoneOffset.UTC);
    }

    private HandClock(Instant[] now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    void pass(Duration time) {
        synchronized (now) {
            now[0] = now[0].plus(time);
        }
    }

    LocalDate today() {
        return LocalDate.now(this);
    }

    @Override
    public Instant instant() {
        synchronized (now) {
            return now[0];
        }
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new HandClock(now, other);
    }
}
