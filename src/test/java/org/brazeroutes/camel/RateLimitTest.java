package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Fill;
import org.brazeroutes.demo.LoggedRequest;
import org.brazeroutes.demo.RateLimit;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits, their headers, and endpoints that keep failing, with clocks that tick. */
class RateLimitTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00.500Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;
    private final Clock ticking = TickingClock.from(NOW);
    private final World world = World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(12).canvases(4).segments(4).events(3)
            .cards(2).build();
    private Simulator simulator;

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aTightLimitSlowsASyncDownAndCostsNeitherTriesNorRows() throws Exception {
        SyncFixture fixture = fixture(limited(20));
        fixture.limits.put("default", new BrazeOptions.Limit(20, SECOND));
        Map<String, PassResult> results = fixture.sync();
        assertCompleteWithoutRetries(fixture, results);
        Map<Long, Long> windows = windowsOfTheDefaultBucket();
        long requests = windows.values().stream().mapToLong(Long::longValue).sum();
        // 16 of 20 are our share; what is sent at a window's end may arrive in the next
        assertThat(windows.size()).isGreaterThanOrEqualTo((int) (requests / 17));
        assertThat(results.values().stream().mapToLong(PassResult::rateLimitWaitMs).sum()).isPositive();
    }

    @Test
    void aLimitThatIsLowerThanKnownIsLearntFromTheHeaders() throws Exception {
        SyncFixture fixture = fixture(limited(20));
        Map<String, PassResult> results = fixture.sync();
        assertCompleteWithoutRetries(fixture, results);
        assertThat(results.values().stream().mapToLong(PassResult::rateLimitWaitMs).sum()).isPositive();
    }

    @Test
    void aStormOfRefusalsEndsComplete() throws Exception {
        SyncFixture fixture = fixture(limited(10_000));
        fixture.limits.put("default", new BrazeOptions.Limit(10_000, SECOND));
        // all three share a bucket, whose windows here last a second: a third refusal in a row could come after two of them
        simulator.fault(Fault.on("/canvas/data_series").times(1).answer(Answer.tooManyRequestsRetryAfter(1)));
        simulator.fault(Fault.on("/campaigns/details").times(1).answer(Answer.tooManyRequestsResetInThePast()));
        simulator.fault(Fault.on("/campaigns/list").times(1).answer(Answer.tooManyRequestsRetryAfter(1)));
        Map<String, PassResult> results = fixture.sync();
        assertCompleteWithoutRetries(fixture, results);
        assertThat(simulator.log().requests().stream().filter(request -> request.status() == 429)).hasSize(3);
        // the second that Braze asks for, less what passed before the wait began
        assertThat(results.get("campaigns").rateLimitWaitMs()).isGreaterThan(900);
    }

    @Test
    void aBucketThatIsRefusedDoesNotHoldUpTheOthers() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults().limit(RateLimit.NAMES, new RateLimit(1_000, SECOND)));
        fixture.limits.put("names", new BrazeOptions.Limit(1_000, SECOND));
        simulator.fault(Fault.on("/events/list").answer(Answer.tooManyRequestsRetryAfter(1)));
        Map<String, PassResult> results = fixture.sync("campaigns", "events", "segments", "kpi_daily_new_users");
        assertThat(results.get("events").result()).as("two windows without a success").isEqualTo(Result.PARTIAL);
        assertThat(results.remove("events").error()).startsWith("events: ").contains("rate limit", "two windows");
        assertThat(results.values()).allSatisfy(result -> {
            assertThat(result.result()).isEqualTo(Result.COMPLETE);
            assertThat(result.rateLimitWaitMs()).isZero();
        });
        simulator.clearFaults();
        assertThat(fixture.sync("events").get("events").result()).isEqualTo(Result.COMPLETE);
        new StoredRows(fixture, world).assertComplete("events", "campaigns", "segments", "kpi_daily_new_users");
    }

    @Test
    void whatTheHeadersSayRemainsIsLeftToTheCustomersOwnSending() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults().limit(RateLimit.DEFAULT, new RateLimit(100, Duration.ofSeconds(2))));
        fixture.limits.put("default", new BrazeOptions.Limit(100, Duration.ofSeconds(2)));
        fixture.concurrency = 1;
        fixture.parallelStreams = 1;
        simulator.fault(Fault.on("/segments/list").answer(Answer.regularAfter(() -> simulator.consume(RateLimit.DEFAULT, 90))));
        Map<String, PassResult> results = fixture.sync("segments", "segments_details");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        long listed = window(simulator.log().requests("/segments/list").get(0), 2);
        assertThat(simulator.log().requests("/segments/details")).isNotEmpty();
        // the list's own headers were made before the foreign requests: one answer may pass until they are seen
        assertThat(simulator.log().requests("/segments/details").stream().filter(request -> window(request, 2) == listed)).hasSizeLessThanOrEqualTo(1);
        assertThat(simulator.log().requests()).extracting(LoggedRequest::status).containsOnly(200);
        new StoredRows(fixture, world).assertComplete("segments", "segments_details");
    }

    @Test
    void noMoreRequestsAreInFlightThanConcurrencyAllowsAndNobodyLosesTriesByWaiting() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults().latency(Duration.ofMillis(100)));
        fixture.concurrency = 2;
        fixture.parallelStreams = 16;
        fixture.requestTimeout = Duration.ofSeconds(2);
        Map<String, PassResult> results = fixture.sync();
        assertCompleteWithoutRetries(fixture, results);
        assertThat(simulator.log().highestInFlight()).isEqualTo(2);
    }

    @Test
    void anEndpointThatKeepsFailingRestsIsProbedAndGivenUp() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        fixture.rest = new Braze.Rest(20, Duration.ofMillis(150), Duration.ofMillis(700), Duration.ofMinutes(15));
        simulator.fault(Fault.on("/campaigns/data_series").answer(Answer.status(503)));
        Map<String, PassResult> results = fixture.sync("campaigns", "campaigns_analytics", "campaigns_details", "segments");
        assertThat(results.get("campaigns_analytics").result()).isEqualTo(Result.PARTIAL);
        assertThat(results.remove("campaigns_analytics").error()).startsWith("campaigns_analytics: ").contains("/campaigns/data_series", "has failed");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertThat(simulator.log().count("/campaigns/data_series")).as("twenty failures, those in flight then, a few probes").isBetween(20, 42);

        simulator.clearFaults();
        assertThat(fixture.sync("campaigns", "campaigns_analytics").values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        new StoredRows(fixture, world).assertComplete("campaigns", "campaigns_analytics", "campaigns_details", "segments");
    }

    @Test
    void aProbeThatFindsTheEndpointWellLetsAllGoOn() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        fixture.rest = new Braze.Rest(5, Duration.ofMillis(50), Duration.ofMinutes(15), Duration.ofMinutes(15));
        fixture.retries = 8;
        simulator.fault(Fault.on("/campaigns/data_series").times(9).answer(Answer.status(503)));
        Map<String, PassResult> results = fixture.sync("campaigns", "campaigns_analytics");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertThat(results.get("campaigns_analytics").retries()).isEqualTo(9);
        new StoredRows(fixture, world).assertComplete("campaigns", "campaigns_analytics");
    }

    private void assertCompleteWithoutRetries(SyncFixture fixture, Map<String, PassResult> results) throws Exception {
        assertThat(results).hasSize(16);
        assertThat(results.values()).allSatisfy(result -> {
            assertThat(result.result()).as(result.toString()).isEqualTo(Result.COMPLETE);
            assertThat(result.retries()).as(result.stream()).isZero();
        });
        new StoredRows(fixture, world).assertComplete(results.keySet().toArray(String[]::new));
    }

    private Map<Long, Long> windowsOfTheDefaultBucket() {
        return simulator.log().requests().stream()
                .filter(request -> !request.path().equals("/campaigns/data_series") && !request.path().equals("/events/list"))
                .filter(request -> request.status() == 200).collect(Collectors.groupingBy(request -> window(request, 1), Collectors.counting()));
    }

    private static long window(LoggedRequest request, int seconds) {
        return request.time().getEpochSecond() / seconds;
    }

    private static SimulatorOptions limited(int requests) {
        return SimulatorOptions.defaults().limit(RateLimit.DEFAULT, new RateLimit(requests, SECOND));
    }

    private SyncFixture fixture(SimulatorOptions options) {
        simulator = Simulator.start(world, options.serverClock(ticking).fill("cards_analytics", Fill.ZEROS));
        SyncFixture fixture = new SyncFixture(simulator, directory, ticking);
        fixture.startDate = Optional.of(LocalDate.parse("2026-05-20"));
        return fixture;
    }
}
