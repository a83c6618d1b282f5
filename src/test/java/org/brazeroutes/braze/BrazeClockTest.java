package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BrazeClockTest {

    private final TestClock machine = new TestClock("2026-06-15T23:58:00Z");
    private final BrazeClock clock = new BrazeClock(machine, ZoneOffset.UTC);

    @Test
    void theMachinesTimeCountsWithinFiveMinutes() {
        clock.observe(machine.instant().plus(Duration.ofMinutes(5)));
        assertThat(clock.now()).isEqualTo(machine.instant());
        assertThat(clock.today()).isEqualTo("2026-06-15");
    }

    @Test
    void beyondFiveMinutesTodayFollowsBraze() {
        clock.observe(machine.instant().plus(Duration.ofMinutes(6)));
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-06-16T00:04:00Z"));
        assertThat(clock.today()).isEqualTo("2026-06-16");
        machine.pass(Duration.ofMinutes(1));
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-06-16T00:05:00Z"));
    }

    @Test
    void aMachineThatIsAheadIsCorrectedToo() {
        machine.pass(Duration.ofDays(2));
        clock.observe(Instant.parse("2026-06-15T23:58:00Z"));
        assertThat(clock.today()).isEqualTo("2026-06-15");
    }

    @Test
    void aClockThatWasSetRightIsBelievedAgain() {
        clock.observe(machine.instant().minus(Duration.ofHours(3)));
        clock.observe(machine.instant());
        assertThat(clock.now()).isEqualTo(machine.instant());
    }

    @Test
    void theDayEndsInTheWorkspacesZone() {
        assertThat(new BrazeClock(machine, ZoneId.of("Asia/Tokyo")).today()).isEqualTo(LocalDate.parse("2026-06-16"));
        assertThat(new BrazeClock(machine, ZoneId.of("America/New_York")).today()).isEqualTo(LocalDate.parse("2026-06-15"));
    }
}
