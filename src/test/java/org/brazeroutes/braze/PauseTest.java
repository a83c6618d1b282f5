package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PauseTest {

    private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Pause pause = new Pause(3, MINUTE);

    @Test
    void itBeginsWithTheLastOfSoManyFailuresInARow() {
        fail(NOON, 2);
        assertThat(pause.holds()).isFalse();
        assertThat(pause.tryEnter(NOON)).isZero();
        fail(NOON, 1);
        assertThat(pause.holds()).isTrue();
        assertThat(pause.tryEnter(NOON)).isEqualTo(MINUTE);
    }

    @Test
    void aSuccessInBetweenBreaksTheRow() {
        fail(NOON, 2);
        pause.succeeded();
        fail(NOON, 2);
        assertThat(pause.holds()).isFalse();
    }

    @Test
    void oneProbeAMinuteGoesThrough() {
        fail(NOON, 3);
        Instant probe = NOON.plus(MINUTE);
        assertThat(pause.tryEnter(probe)).isZero();
        assertThat(pause.tryEnter(probe)).isEqualTo(MINUTE);
        pause.failed(probe.plusSeconds(5));
        assertThat(pause.tryEnter(probe.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(pause.tryEnter(probe.plus(MINUTE))).isZero();
    }

    @Test
    void aProbeThatSucceedsEndsIt() {
        fail(NOON, 3);
        assertThat(pause.tryEnter(NOON.plus(MINUTE))).isZero();
        pause.succeeded();
        assertThat(pause.tryEnter(NOON.plus(MINUTE))).isZero();
        assertThat(pause.holds()).isFalse();
        assertThat(pause.heldFor(NOON.plus(MINUTE))).isZero();
    }

    @Test
    void itKnowsSinceWhenItHolds() {
        assertThat(pause.heldFor(NOON)).isZero();
        fail(NOON, 3);
        fail(NOON.plusSeconds(90), 5);
        assertThat(pause.heldFor(NOON.plusSeconds(100))).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void aClockThatWasSetBackHoldsNobodyForDays() {
        fail(NOON, 3);
        Instant before = NOON.minus(Duration.ofDays(3));
        assertThat(pause.tryEnter(before)).as("a probe").isZero();
        assertThat(pause.tryEnter(before.plusSeconds(10))).isEqualTo(Duration.ofSeconds(50));
        assertThat(pause.heldFor(before.plusSeconds(10))).isEqualTo(Duration.ofSeconds(10));
    }

    private void fail(Instant now, int times) {
        for (int i = 0; i < times; i++) {
            pause.failed(now);
        }
    }
}
