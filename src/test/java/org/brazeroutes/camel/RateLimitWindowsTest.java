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
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.LoggedRequest;
import org.brazeroutes.demo.RateLimit;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests the server sees in each of its windows when the limit is what a sync waits for. */
@Timeout(120)
class RateLimitWindowsTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00.500Z");
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final int LIMIT = 50;
    private static final int SHARE = 40;
    private static final String SERIES = "/campaigns/data_series";

    @TempDir
    Path directory;
    private final Clock ticking = TickingClock.from(NOW);
    private World world = world(150);
    private Simulator simulator;

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1300})
    void aloneASyncUsesItsShareOfEveryFullWindowAndIsNeverRefused(long aheadMillis) throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults().clockSkew(Duration.ofMillis(aheadMillis)), LIMIT, WINDOW);
        PassResult result = sync(fixture);
        Map<Long, Long> windows = fullWindows();
        assertThat(windows).hasSizeGreaterThanOrEqualTo(2);
        assertThat(windows.values()).allSatisfy(count -> assertThat(count).isBetween((long) (0.95 * SHARE), (long) SHARE));
        assertNoneRefused();
        assertThat(result.rateLimitWaitMs()).isPositive();
    }

    @Test
    void aSyncLeavesToOthersWhatTheyUse() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults(), LIMIT, WINDOW);
        simulator.fault(Fault.on(SERIES).answer(Answer.regularAfter(() -> simulator.consume(RateLimit.CAMPAIGN_SERIES, 1))));
        sync(fixture);
        // each of ours costs one of theirs: half of the share is ours, and those in flight may be too many
        assertThat(fullWindows()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(fullWindows().values()).allSatisfy(count -> assertThat(count).isBetween(19L, 20L + fixture.concurrency));
        assertNoneRefused();
    }

    @Test
    void aLimitThatIsStricterThanConfiguredIsKeptFromTheFirstAnswersOn() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults(), 50_000, Duration.ofMinutes(1));
        sync(fixture);
        assertThat(fullWindows()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(fullWindows().values()).allSatisfy(count -> assertThat(count).isBetween((long) (0.95 * SHARE), SHARE + 1L));
        assertNoneRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 6, 29})
    void noThreadIdlesWhileOnePartitionTakesLong(int slow) throws Exception {
        world = world(30);
        SyncFixture fixture = fixture(SimulatorOptions.defaults(), 50_000, Duration.ofMinutes(1));
        fixture.retries = 0;
        CountDownLatch others = new CountDownLatch(29);
        String id = world.campaignIds().get(slow);
        simulator.fault(Fault.on(SERIES).where("campaign_id", id).answer(Answer.regularAfter(() -> await(others))));
        simulator.fault(Fault.on(SERIES).answer(Answer.regularAfter(others::countDown)));
        sync(fixture);
        assertThat(others.getCount()).isZero();
    }

    /** One request for each campaign, with few days: the limit is to decide how long it takes. */
    private static World world(int campaigns) {
        return World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(campaigns).canvases(1).segments(1).events(1).cards(1).build();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(8, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private PassResult sync(SyncFixture fixture) throws Exception {
        PassResult result = fixture.sync("campaigns", "campaigns_analytics").get("campaigns_analytics");
        assertThat(result.result()).as(result.toString()).isEqualTo(Result.COMPLETE);
        assertThat(result.retries()).isZero();
        new StoredRows(fixture, world).assertComplete("campaigns", "campaigns_analytics");
        return result;
    }

    private void assertNoneRefused() {
        assertThat(simulator.log().requests()).extracting(LoggedRequest::status).containsOnly(200);
    }

    /** Requests in each of the server's windows, but for the first and the last. */
    private Map<Long, Long> fullWindows() {
        TreeMap<Long, Long> windows = simulator.log().requests(SERIES).stream()
                .collect(Collectors.groupingBy(request -> request.time().getEpochSecond() / WINDOW.toSeconds(), TreeMap::new, Collectors.counting()));
        windows.pollFirstEntry();
        windows.pollLastEntry();
        return windows;
    }

    private SyncFixture fixture(SimulatorOptions options, int configured, Duration window) {
        simulator = Simulator.start(world, options.limit(RateLimit.CAMPAIGN_SERIES, new RateLimit(LIMIT, WINDOW)).serverClock(ticking));
        SyncFixture fixture = new SyncFixture(simulator, directory, ticking);
        fixture.limits.put("campaign-series", new BrazeOptions.Limit(configured, window));
        fixture.startDate = Optional.of(LocalDate.parse("2026-06-10"));
        return fixture;
    }
}
