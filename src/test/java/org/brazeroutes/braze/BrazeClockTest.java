package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class BrazeClockTest {

    private final TestClock machine = new TestClock("2026-06-15T23:58:00Z");
    private final BrazeClock clock = new BrazeClock(machine, ZoneOffset.UTC);

    @Test
    void theMachinesTimeCountsWithinFiveMinutes() {
        clock.observe(machine.instant(), machine.instant().plus(Duration.ofMinutes(5)));
        assertThat(clock.now()).isEqualTo(machine.instant());
        assertThat(clock.today()).isEqualTo("2026-06-15");
    }

    @Test
    void beyondFiveMinutesTodayFollowsBraze() {
        clock.observe(machine.instant(), machine.instant().plus(Duration.ofMinutes(6)));
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-06-16T00:04:00Z"));
        assertThat(clock.today()).isEqualTo("2026-06-16");
        machine.pass(Duration.ofMinutes(1));
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-06-16T00:05:00Z"));
    }

    @Test
    void aMachineThatIsAheadIsCorrectedToo() {
        machine.pass(Duration.ofDays(2));
        clock.observe(machine.instant(), Instant.parse("2026-06-15T23:58:00Z"));
        assertThat(clock.today()).isEqualTo("2026-06-15");
    }

    @Test
    void aClockThatWasSetRightIsBelievedAgain() {
        clock.observe(machine.instant(), machine.instant().minus(Duration.ofHours(3)));
        clock.observe(machine.instant(), machine.instant());
        assertThat(clock.now()).isEqualTo(machine.instant());
    }

    @Test
    void anAnswerThatTheMachineSleptOverIsNoSignOfAWrongClock() {
        Instant asked = machine.instant();
        machine.pass(Duration.ofHours(8));
        clock.observe(asked, asked.plusSeconds(1));
        assertThat(clock.now()).isEqualTo(machine.instant());
    }

    @Test
    void brazesTimeIsTakenForNoLaterThanItIs() {
        // Braze's clock is 700 ms ahead; its Date cuts the fraction off, and the answer travels 50 ms
        Duration ahead = Duration.ofMillis(700);
        for (int i = 0; i < 40; i++) {
            Instant asked = machine.instant();
            Instant date = asked.plus(ahead).plusMillis(50).truncatedTo(ChronoUnit.SECONDS);
            machine.pass(Duration.ofMillis(100));
            clock.observe(asked, date);
            assertThat(clock.atBraze()).isBeforeOrEqualTo(machine.instant().plus(ahead));
            machine.pass(Duration.ofMillis(170));
        }
        assertThat(clock.atBraze()).as("answers from many parts of a second").isAfter(machine.instant().plus(ahead).minusMillis(120));
    }

    @Test
    void brazesTimeFollowsAClockThatIsSetBack() {
        clock.observe(machine.instant(), machine.instant());
        machine.pass(Duration.ofMinutes(2));
        clock.observe(machine.instant(), machine.instant().minus(Duration.ofMinutes(1)));
        assertThat(clock.atBraze()).isEqualTo(machine.instant().minus(Duration.ofMinutes(1)));
    }

    @Test
    void theDayEndsInTheWorkspacesZone() {
        assertThat(new BrazeClock(machine, ZoneId.of("Asia/Tokyo")).today()).isEqualTo(LocalDate.parse("2026-06-16"));
        assertThat(new BrazeClock(machine, ZoneId.of("America/New_York")).today()).isEqualTo(LocalDate.parse("2026-06-15"));
    }
}
