package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = new TestClock("2026-06-15T12:20:00Z");
    private final Bucket bucket = new Bucket(100, HOUR, 0.8, new Random(1));

    @Test
    void aRunSendsItsShareOfAWindowAndWaitsForTheNextOne() {
        assertThat(answered(200)).isEqualTo(80);
        assertThat(bucket.tryAcquire(clock.instant())).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(40).plusSeconds(1));
        clock.pass(Duration.ofMinutes(40));
        assertThat(answered(200)).as("13:00 begins another window").isEqualTo(80);
    }

    @Test
    void aClockThatWasSetBackBeginsAWindowAnew() {
        assertThat(answered("x-ratelimit-remaining", "0", "x-ratelimit-reset", String.valueOf(clock.instant().plus(HOUR).getEpochSecond()))).isTrue();
        assertThat(bucket.tryAcquire(clock.instant())).isPositive();
        clock.pass(Duration.ofDays(-3));
        assertThat(sent(200)).isEqualTo(80);
        clock.pass(HOUR);
        bucket.refused(RateLimitHeaders.read(Map.of("retry-after", "600")::get, clock.instant()), clock.instant());
        clock.pass(Duration.ofDays(-3));
        assertThat(bucket.tryAcquire(clock.instant())).isLessThan(HOUR.plusMinutes(2));
    }

    @Test
    void aRefusedTryIsNotCounted() {
        assertThat(answered(500)).isEqualTo(80);
        clock.pass(HOUR);
        assertThat(answered(500)).isEqualTo(80);
    }

    @Test
    void aTinyShareStillLetsOneRequestThrough() {
        Bucket tiny = new Bucket(3, HOUR, 0.1, new Random(1));
        assertThat(tiny.tryAcquire(clock.instant())).isZero();
        assertThat(tiny.tryAcquire(clock.instant())).isPositive();
    }

    @Test
    void aStricterLimitInTheHeadersCounts() {
        assertThat(answered("x-ratelimit-limit", "10")).isTrue();
        assertThat(sent(200)).isEqualTo(7);
    }

    @Test
    void whatRemainedOfAWindowThatIsOverSaysNothingOfThisOne() {
        assertThat(answered("x-ratelimit-remaining", "3", "date", "Mon, 15 Jun 2026 12:20:00 GMT",
                "x-ratelimit-reset", String.valueOf(clock.instant().getEpochSecond()))).isTrue();
        assertThat(sent(200)).isEqualTo(79);
    }

    @Test
    void aHigherLimitInTheHeadersCountsToo() {
        assertThat(answered("x-ratelimit-limit", "1000")).isTrue();
        assertThat(sent(2000)).isEqualTo(799);
    }

    @Test
    void aLimitOfZeroInTheHeadersIsNonsense() {
        assertThat(answered("x-ratelimit-limit", "0")).isTrue();
        assertThat(sent(200)).isEqualTo(79);
    }

    @Test
    void aShareThatAFractionCannotHoldExactlyIsNotRoundedDown() {
        Bucket most = new Bucket(100, HOUR, 0.57, new Random(1));
        for (int i = 0; i < 57; i++) {
            assertThat(most.tryAcquire(clock.instant())).isZero();
        }
        assertThat(most.tryAcquire(clock.instant())).isPositive();
    }

    @Test
    void whatOthersMayNeedIsLeftToThem() {
        assertThat(answered("x-ratelimit-remaining", "20", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z"))).isTrue();
        assertThat(answered("x-ratelimit-remaining", "19", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z")))
                .as("20 is the reserve itself").isTrue();
        assertThat(bucket.tryAcquire(clock.instant())).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(40).plusSeconds(1));
        clock.pass(Duration.ofMinutes(40).plusSeconds(1));
        assertThat(bucket.tryAcquire(clock.instant())).isZero();
    }

    @Test
    void requestsUnderWayAreTakenFromWhatRemains() {
        for (int i = 0; i < 5; i++) {
            assertThat(bucket.tryAcquire(clock.instant())).isZero();
        }
        bucket.observe(headers("x-ratelimit-remaining", "24", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z")), clock.instant());
        assertThat(bucket.tryAcquire(clock.instant())).as("24 remain, but four requests more may have come").isZero();
        assertThat(bucket.tryAcquire(clock.instant())).as("an answer may tell soon").isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
        bucket.observe(headers("x-ratelimit-remaining", "23", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z")), clock.instant());
        bucket.lost();
        assertThat(bucket.tryAcquire(clock.instant())).isZero();
    }

    @Test
    void anAnswerThatComesLateFromTheWindowBeforeSaysNothingAboutThisOne() {
        assertThat(bucket.tryAcquire(clock.instant())).isZero();
        assertThat(answered("x-ratelimit-remaining", "50", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z"))).isTrue();
        clock.pass(Duration.ofMinutes(40));
        assertThat(sent(79)).as("one is still under way and may count in this window").isEqualTo(79);
        assertThat(bucket.tryAcquire(clock.instant())).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
        bucket.observe(headers("date", "Mon, 15 Jun 2026 12:59:59 GMT", "x-ratelimit-remaining", "0", "x-ratelimit-reset",
                epoch("2026-06-15T13:00:00Z")), clock.instant());
        assertThat(bucket.tryAcquire(clock.instant())).as("it did not").isZero();
    }

    @Test
    void aWindowThatAnAnswerProvesHasBegun() {
        assertThat(answered("x-ratelimit-remaining", "19", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z"))).isTrue();
        clock.pass(Duration.ofMinutes(39).plusMillis(59_900));
        assertThat(bucket.tryAcquire(clock.instant())).isPositive();
        bucket.observe(headers("x-ratelimit-remaining", "99", "x-ratelimit-reset", epoch("2026-06-15T14:00:00Z")), clock.instant());
        assertThat(bucket.tryAcquire(clock.instant())).isZero();
    }

    @Test
    void aRequestWithoutAnAnswerStaysCounted() {
        assertThat(sent(80)).isEqualTo(80);
        for (int i = 0; i < 80; i++) {
            bucket.lost();
        }
        assertThat(bucket.tryAcquire(clock.instant())).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41));
        clock.pass(Duration.ofMinutes(41));
        assertThat(sent(200)).isEqualTo(80);
    }

    @Test
    void aLowRemainderWithoutAResetPausesUntilTheWindowsEnd() {
        assertThat(answered("x-ratelimit-remaining", "0")).isTrue();
        assertThat(bucket.tryAcquire(clock.instant())).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(40).plusSeconds(1));
    }

    @Test
    void aRefusalWaitsForTheResetByTheAnswersOwnClock() {
        // the server's clock is 10 minutes ahead of this one: 50 minutes are left in its window, not 40
        Duration wait = bucket.refused(headers("date", "Mon, 15 Jun 2026 12:10:00 GMT", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z")),
                clock.instant());
        assertThat(wait).isEqualTo(Duration.ofMinutes(50));
        clock.pass(Duration.ofMinutes(49));
        assertThat(bucket.tryAcquire(clock.instant())).isPositive();
        clock.pass(Duration.ofMinutes(2));
        assertThat(bucket.tryAcquire(clock.instant())).isZero();
    }

    @Test
    void aRefusalWhoseResetLiesInThePastWaitsASecond() {
        assertThat(bucket.refused(headers("x-ratelimit-reset", "1600000000"), clock.instant())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRefusalWaitsNoLongerThanAWindowAndAMinute() {
        assertThat(bucket.refused(headers("x-ratelimit-reset", epoch("2027-06-15T13:00:00Z")), clock.instant()))
                .isEqualTo(HOUR.plusSeconds(60));
        assertThat(bucket.refused(headers("retry-after", "999999"), clock.instant())).isEqualTo(HOUR.plusSeconds(60));
    }

    @Test
    void retryAfterMayBeADate() {
        assertThat(bucket.refused(headers("date", "Mon, 15 Jun 2026 12:00:00 GMT", "retry-after", "Mon, 15 Jun 2026 12:00:07 GMT"), clock.instant()))
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(bucket.refused(headers("date", "Mon, 15 Jun 2026 12:00:00 GMT", "retry-after", "Mon, 15 Jun 2026 11:00:00 GMT"), clock.instant()))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void retryAfterIsTrustedFirst() {
        assertThat(bucket.refused(headers("retry-after", "7", "x-ratelimit-reset", epoch("2026-06-15T13:00:00Z")), clock.instant()))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aRefusalWithoutHeadersWaitsOneToSixtySeconds() {
        Duration first = bucket.refused(headers(), clock.instant());
        Duration second = bucket.refused(headers(), clock.instant());
        assertThat(first).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(second).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60)).as("with jitter").isNotEqualTo(first);
    }

    @Test
    void twoWholeWindowsWithoutASuccessAreTheEnd() {
        Instant begin = clock.instant();
        while (!clock.instant().isAfter(begin.plus(HOUR.multipliedBy(2)))) {
            bucket.refused(headers("retry-after", "600"), clock.instant());
            clock.pass(Duration.ofMinutes(10));
        }
        assertThatThrownBy(() -> bucket.refused(headers("retry-after", "600"), clock.instant()))
                .isInstanceOfSatisfying(BrazeException.class,
                        e -> assertThat(e.reason()).isEqualTo(BrazeException.Reason.EXHAUSTED))
                .hasMessageContaining("two windows");
    }

    @Test
    void aSuccessInBetweenBeginsTheTwoWindowsAnew() {
        bucket.refused(headers("retry-after", "600"), clock.instant());
        clock.pass(HOUR);
        bucket.accepted();
        for (int i = 0; i < 12; i++) {
            assertThat(bucket.refused(headers("retry-after", "600"), clock.instant())).isEqualTo(Duration.ofMinutes(10));
            clock.pass(Duration.ofMinutes(10));
        }
    }

    @Test
    void aSilenceIsNoRefusal() {
        bucket.refused(headers("retry-after", "600"), clock.instant());
        clock.pass(Duration.ofHours(6));
        assertThat(bucket.refused(headers("retry-after", "600"), clock.instant()))
                .as("nobody asked for six hours, as between two passes").isEqualTo(Duration.ofMinutes(10));
    }

    /** Sends a request that is answered with these headers; false if it may not go. */
    private boolean answered(String... pairs) {
        if (!bucket.tryAcquire(clock.instant()).isZero()) {
            return false;
        }
        bucket.observe(headers(pairs), clock.instant());
        return true;
    }

    private int answered(int tries) {
        int answered = 0;
        for (int i = 0; i < tries; i++) {
            answered += answered() ? 1 : 0;
        }
        return answered;
    }

    /** Sends requests that are not answered yet. */
    private int sent(int tries) {
        int sent = 0;
        for (int i = 0; i < tries; i++) {
            sent += bucket.tryAcquire(clock.instant()).isZero() ? 1 : 0;
        }
        return sent;
    }

    private RateLimitHeaders headers(String... pairs) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.put(pairs[i], pairs[i + 1]);
        }
        return RateLimitHeaders.read(headers::get, clock.instant());
    }

    private static String epoch(String instant) {
        return String.valueOf(Instant.parse(instant).getEpochSecond());
    }
}
