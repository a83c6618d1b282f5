package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.brazeroutes.braze.BrazeException.Reason;
import org.brazeroutes.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

    private static final byte[] GOOD = "{\"message\":\"success\",\"campaigns\":[{\"id\":\"a\"}]}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = new byte[0];
    private static final int RETRIES = 8;

    private final TestClock clock = new TestClock("2026-06-15T12:00:00Z");
    private Braze braze = braze(false);

    @Test
    void aGoodAnswerEndsTheCall() {
        Call call = call(Streams.LIST);
        call.enter();
        call.received(200, name -> null, GOOD);
        assertThat(call.open()).isFalse();
        assertThat(call.answer().records()).containsExactly(Map.of("id", "a"));
        assertThat(clock.requests).isEqualTo(1);
        assertThat(clock.waited).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599, 408, 202, 204})
    void whatMayPassIsTriedAgainAndThenIsBroken(int status) {
        Call call = call(Streams.LIST);
        for (int i = 0; i < RETRIES; i++) {
            call.enter();
            call.received(status, name -> null, NOTHING);
        }
        call.enter();
        assertThatThrownBy(() -> call.received(status, name -> null, NOTHING)).isInstanceOfSatisfying(BrazeException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN))
                .hasMessageContaining("GET /campaigns/list (page 0)").hasMessageContaining("Braze answered " + status).hasMessageContaining("9 tries");
        assertThat(clock.requests).isEqualTo(RETRIES + 1);
        assertThat(clock.retries).isEqualTo(RETRIES);
    }

    @Test
    void theWaitsBetweenTriesGrowToAMinuteAtMost() {
        for (int failures = 1; failures <= 30; failures++) {
            assertThat(braze.backOff(failures)).isBetween(Duration.ZERO, Duration.ofSeconds(Math.min(60, 1L << Math.min(failures - 1, 20))));
        }
        assertThat(IntStream.range(0, 50).mapToObj(i -> braze.backOff(7))).as("full jitter")
                .anyMatch(wait -> wait.toSeconds() < 30).anyMatch(wait -> wait.toSeconds() >= 30).doesNotHaveDuplicates();
    }

    @Test
    void aBrokenAnswerIsTriedAgain() {
        Call call = call(Streams.LIST);
        call.enter();
        call.received(200, name -> null, "It works!".getBytes(StandardCharsets.UTF_8));
        assertThat(call.open()).isTrue();
        call.enter();
        call.received(200, name -> null, GOOD);
        assertThat(call.open()).isFalse();
        assertThat(clock.retries).isEqualTo(1);
    }

    @Test
    void tooManyRequestsUseNoTryAndWaitAsTold() {
        Call call = call(Streams.LIST);
        for (int i = 0; i < 3 * RETRIES; i++) {
            call.enter();
            call.received(429, Map.of("retry-after", "5")::get, NOTHING);
        }
        call.enter();
        call.received(200, name -> null, GOOD);
        assertThat(call.open()).isFalse();
        assertThat(clock.retries).isZero();
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).isBetween(Duration.ofSeconds(5 * 3 * RETRIES), Duration.ofSeconds(6 * 3 * RETRIES));
        assertThat(clock.waited(Caller.Why.RETRY)).isZero();
    }

    @Test
    void anotherBucketGoesOnWhileOneIsRefused() {
        Call refused = call(Streams.NAMES);
        refused.enter();
        refused.received(429, Map.of("retry-after", "600")::get, NOTHING);
        call(Streams.LIST).enter();
        assertThat(clock.waited).isEmpty();
        call(Streams.NAMES).enter();
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void anUnknownObjectIsGone(int status) {
        assertRefused(status, Reason.GONE, "/campaigns/list");
    }

    @Test
    void aMissingPermissionIsNamed() {
        assertRefused(403, Reason.DENIED, "campaigns.list");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 405, 418})
    void whatTheApiNeverAnswersIsBrokenAtOnce(int status) {
        assertRefused(status, Reason.BROKEN, "braze.endpoint");
    }

    @Test
    void aProxyThatWantsALoginIsToldWithTheSettingsForIt() {
        assertRefused(407, Reason.UNREACHABLE, "the proxy wants a login (407). Set camel.component.https.proxy-auth-method");
    }

    @Test
    void aRefusedKeyIsAskedOnceMoreAfterTenSeconds() {
        Call call = call(Streams.LIST);
        call.enter();
        call.received(401, name -> null, NOTHING);
        assertThat(clock.waited).containsExactly(Duration.ofSeconds(10));
        call.enter();
        assertThatThrownBy(() -> call.received(401, name -> null, NOTHING)).isInstanceOfSatisfying(BrazeException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.UNAUTHORIZED));
        assertThat(clock.requests).isEqualTo(2);
    }

    @Test
    void aRefusalThatWasAMistakeDoesNoHarm() {
        Call call = call(Streams.LIST);
        call.enter();
        call.received(401, name -> null, NOTHING);
        call.enter();
        call.received(200, name -> null, GOOD);
        assertThat(call.open()).isFalse();
        assertThat(clock.retries).isZero();
    }

    @Test
    void aRunningProcessAsksARefusedKeyEveryQuarterOfAnHour() {
        braze = braze(true);
        Call call = call(Streams.LIST);
        for (int i = 0; i < 4; i++) {
            call.enter();
            call.received(401, name -> null, NOTHING);
        }
        assertThat(braze.authorized()).isFalse();
        assertThat(clock.waited(Caller.Why.PAUSE)).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
        assertThat(clock.refusals).isNotEmpty();
        call.enter();
        call.received(503, name -> null, NOTHING);
        assertThat(braze.authorized()).as("a gateway's failure says nothing about the key").isFalse();
        call.enter();
        call.received(200, name -> null, GOOD);
        assertThat(braze.authorized()).isTrue();
    }

    @Test
    void anEndpointRestsAfterTwentyFailuresAndOtherEndpointsGoOn() {
        failTwentyTimes();
        assertThat(clock.waited(Caller.Why.PAUSE)).isZero();
        call(Streams.DETAILS).enter();
        assertThat(clock.waited(Caller.Why.PAUSE)).isZero();
        call(Streams.LIST).enter();
        assertThat(clock.waited(Caller.Why.PAUSE)).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    @Test
    void aRestThatLastsAQuarterOfAnHourEndsTheStreamWhicheverPartitionAsks() {
        failTwentyTimes();
        Instant begin = clock.instant();
        int probes = clock.requests;
        BrazeException end = null;
        while (end == null) {
            try {
                // a fresh call each time: partitions come and go while the endpoint rests
                Call call = call(Streams.LIST);
                call.enter();
                call.received(500, name -> null, NOTHING);
            } catch (BrazeException e) {
                end = e;
            }
        }
        assertThat(end.reason()).isEqualTo(Reason.EXHAUSTED);
        assertThat(end).hasMessageContaining("/campaigns/list").hasMessageContaining("15 min");
        assertThat(Duration.between(begin, clock.instant())).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(17));
        assertThat(clock.requests - probes).as("one probe a minute").isBetween(10, 16);
    }

    @Test
    void aStreamThatBeginsAfterAnOutageWaitsForAProbe() {
        failTwentyTimes();
        clock.pass(Duration.ofMinutes(20));
        clock.began = clock.instant();
        Call probe = call(Streams.LIST);
        probe.enter();
        Call other = call(Streams.LIST);
        other.enter();
        other.received(200, name -> null, GOOD);
        assertThat(other.open()).isFalse();
    }

    @Test
    void aProbeThatSucceedsOpensTheEndpoint() {
        failTwentyTimes();
        Call probe = call(Streams.LIST);
        probe.enter();
        probe.received(200, name -> null, GOOD);
        Duration before = clock.waited(Caller.Why.PAUSE);
        call(Streams.LIST).enter();
        assertThat(clock.waited(Caller.Why.PAUSE)).isEqualTo(before);
    }

    @Test
    void triesCountAgainstTheBucket() {
        braze = new Braze(Map.of("default", new Bucket(10, Duration.ofHours(1), 0.5, new Random(1))), 16, new BrazeClock(clock, ZoneOffset.UTC),
                new Braze.Tries(RETRIES, Duration.ofSeconds(1), Duration.ofSeconds(10), false), new Random(1));
        Call call = call(Streams.LIST);
        for (int i = 0; i < 6; i++) {
            call.enter();
            call.received(500, name -> null, NOTHING);
        }
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).as("the sixth try is beyond five of ten").isPositive();
    }

    @Test
    void anEndpointThatTellsAnotherLimitIsCountedApartFromThoseOfItsBucket() {
        answered(Streams.LIST, 250_000, 249_000);
        answered(Streams.DETAILS, 1_000, 10);
        answered(Streams.LIST, 250_000, 248_999);
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).isZero();
        call(Streams.DETAILS).enter();
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).as("ten are for others").isPositive();
    }

    @Test
    void aLimitThatChangesIsThatOfTheWholeBucket() {
        answered(Streams.LIST, 250_000, 249_000);
        answered(Streams.DETAILS, 250_000, 249_000);
        answered(Streams.LIST, 1_000, 10);
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).isZero();
        answered(Streams.DETAILS, 1_000, 9);
        call(Streams.LIST).enter();
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).as("what the other was told holds for both").isPositive();
    }

    @Test
    void aLimitThatChangesForOneEndpointOnlyStallsNoOther() {
        answered(Streams.LIST, 250_000, 249_000);
        answered(Streams.DETAILS, 250_000, 249_000);
        answered(Streams.LIST, 60_000, 45_000);
        answered(Streams.DETAILS, 250_000, 238_000);
        call(Streams.LIST).enter();
        call(Streams.DETAILS).enter();
        assertThat(clock.waited(Caller.Why.RATE_LIMIT)).isZero();
    }

    private void answered(Stream stream, int limit, int remaining) {
        Call call = call(stream);
        call.enter();
        call.received(200, Map.of("x-ratelimit-limit", String.valueOf(limit), "x-ratelimit-remaining", String.valueOf(remaining))::get,
                stream == Streams.LIST ? GOOD : "{\"message\":\"success\"}".getBytes(StandardCharsets.UTF_8));
    }

    private void failTwentyTimes() {
        for (int i = 0; i < 20; i++) {
            Call call = call(Streams.LIST);
            call.enter();
            call.received(500, name -> null, NOTHING);
        }
    }

    private void assertRefused(int status, Reason reason, String named) {
        Call call = call(Streams.LIST);
        call.enter();
        assertThatThrownBy(() -> call.received(status, name -> null, NOTHING)).isInstanceOfSatisfying(BrazeException.class,
                e -> assertThat(e.reason()).isEqualTo(reason)).hasMessageContaining(String.valueOf(status)).hasMessageContaining(named);
        assertThat(clock.retries).isZero();
    }

    private Call call(Stream stream) {
        return braze.call(new Request(stream, Map.of("page", "0"), "page 0"), clock);
    }

    private Braze braze(boolean waitForTheKey) {
        return new Braze(Map.of("default", new Bucket(250_000, Duration.ofHours(1), 0.8, new Random(1)),
                "names", new Bucket(1_000, Duration.ofHours(1), 0.8, new Random(1))), 16, new BrazeClock(clock, ZoneOffset.UTC),
                new Braze.Tries(RETRIES, Duration.ofSeconds(1), Duration.ofSeconds(10), waitForTheKey), new Random(1));
    }
}
