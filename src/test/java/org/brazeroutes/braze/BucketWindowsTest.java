package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sixteen clients that always want to send, against a model of Braze's windows: answers that come late and out of order,
 * clocks that differ, others that use the same pool. Nothing waits in real time.
 */
class BucketWindowsTest {

    private static final int IN_FLIGHT = 16;
    private static final int WINDOWS = 7;
    private static final int SEEDS = 4;

    private final TestClock machine = new TestClock("2026-06-15T12:00:00.300Z");
    private final BrazeClock clock = new BrazeClock(machine, ZoneOffset.UTC);
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
    private final Map<Instant, Integer> ours = new TreeMap<>();
    private final Map<Instant, Integer> used = new TreeMap<>();
    private final List<Instant> refused = new ArrayList<>();
    private final Set<Integer> usedWhenWeCame = new TreeSet<>();
    private Random random;
    private Duration skew;
    private Duration window;
    private int limit;

    /** Something that happens at a moment of the machine's clock. */
    private record Event(Instant at, Runnable what) {
    }

    @ParameterizedTest
    @CsvSource({
        // limit, window s, share, the server's clock is ahead by ms, an answer takes ms
        "2400, 60, 0.8,     0,  200",
        "2400, 60, 0.8,  1300,  200",
        "2400, 60, 0.8, -1300,  200",
        " 600, 60, 0.8,   700,   20",
        " 600, 60, 1.0,  1700,  200",
        " 600, 60, 1.0, -1700,  200",
        "  20,  5, 0.8,   500,  100",
        "  20,  5, 1.0,  -500,  100",
        "  16,  1, 1.0,   300,   20",
        " 500, 60, 0.95, 90000, 1500",
        " 500, 60, 0.95,-90000, 1500",
        "  10, 60, 0.3, -2500, 3000",
    })
    void aloneARunUsesItsShareOfEveryFullWindowAndIsNeverRefused(int limit, int seconds, double share, long ahead, int latency) {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(new Bucket(limit, Duration.ofSeconds(seconds), share, new Random(1)), limit, seconds, ahead, latency, seed);
            assertThat(refused).as("seed " + seed).isEmpty();
            int most = (int) Math.round(share * limit);
            fullWindows().forEach((end, count) -> assertThat(count).as(end.toString())
                    .isBetween((int) Math.ceil(0.95 * most), most));
        }
    }

    @ParameterizedTest
    @CsvSource({"2400, 60, 0.8, 400, 200", "600, 60, 0.8, -1300, 20", "100, 5, 0.5, 0, 100", "600, 60, 0.9, 300, 200"})
    void whatOthersUseIsTakenFromOurShare(int limit, int seconds, double share, long ahead, int latency) {
        for (int seed = 0; seed < SEEDS; seed++) {
            int theirs = (int) (limit * 0.6);
            others(theirs, seconds);
            run(new Bucket(limit, Duration.ofSeconds(seconds), share, new Random(1)), limit, seconds, ahead, latency, seed);
            assertThat(refused).as("seed " + seed).isEmpty();
            int most = (int) Math.round(share * limit);
            // nobody sees what others use while an answer and the next request are under way
            int unseen = (int) Math.ceil(theirs / (seconds / 3.0) * 2 * latency / 1000) + 1;
            assertThat(usedWhenWeCame).as("seed " + seed).allMatch(used -> used <= most + unseen);
            fullWindows().forEach((end, count) -> assertThat(used.get(end)).as(end + " has " + count + " of ours")
                    .isGreaterThanOrEqualTo((int) (0.95 * most)));
        }
    }

    @ParameterizedTest
    @CsvSource({"600, 60, 60", "50, 60, 3600", "300, 60, 5"})
    void whatIsConfiguredGivesWayToTheFirstAnswers(int limit, int configuredSeconds, int seconds) {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(new Bucket(50_000, Duration.ofSeconds(configuredSeconds), 0.8, new Random(1)), limit, seconds, 600, 50, seed);
            assertThat(refused).as("seed " + seed).isEmpty();
            int most = (int) Math.round(0.8 * limit);
            fullWindows().forEach((end, count) -> assertThat(count).as(end.toString()).isBetween((int) (0.95 * most), most + 1));
        }
    }

    private void run(Bucket bucket, int limit, int seconds, long ahead, int latency, int seed) {
        this.limit = limit;
        this.window = Duration.ofSeconds(seconds);
        this.skew = Duration.ofMillis(ahead);
        this.random = new Random(seed);
        ours.clear();
        used.clear();
        usedWhenWeCame.clear();
        for (int i = 0; i < IN_FLIGHT; i++) {
            events.add(new Event(machine.instant(), () -> send(bucket, latency)));
        }
        Instant end = machine.instant().plus(window.multipliedBy(WINDOWS));
        while (events.peek().at().isBefore(end)) {
            Event next = events.poll();
            machine.pass(Duration.between(machine.instant(), next.at()));
            next.what().run();
        }
        events.clear();
    }

    private void send(Bucket bucket, int latency) {
        Duration wait = bucket.tryAcquire(clock.atBraze());
        if (!wait.isZero()) {
            in(wait, () -> send(bucket, latency));
            return;
        }
        Instant sent = machine.instant();
        in(part(latency), () -> {
            Map<String, String> headers = counted();
            in(part(latency), () -> {
                RateLimitHeaders read = RateLimitHeaders.read(headers::get, clock.atBraze());
                clock.observe(sent, read.date().orElseThrow());
                bucket.observe(read, clock.atBraze());
                if (headers.containsKey("refused")) {
                    refused.add(machine.instant());
                    bucket.refused(read, clock.atBraze());
                } else {
                    bucket.accepted();
                }
                send(bucket, latency);
            });
        });
    }

    /** What the server does with a request when it arrives. */
    private Map<String, String> counted() {
        Instant now = machine.instant().plus(skew);
        Instant end = windowEnd(now);
        boolean allowed = used.getOrDefault(end, 0) < limit;
        if (allowed) {
            used.merge(end, 1, Integer::sum);
            ours.merge(end, 1, Integer::sum);
            usedWhenWeCame.add(used.get(end));
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
        headers.put("x-ratelimit-limit", String.valueOf(limit));
        headers.put("x-ratelimit-remaining", String.valueOf(limit - used.get(end)));
        headers.put("x-ratelimit-reset", String.valueOf(end.getEpochSecond()));
        if (!allowed) {
            headers.put("refused", "yes");
        }
        return headers;
    }

    /** Others that use the pool, in each window in one of its thirds. */
    private void others(int requests, int seconds) {
        for (int i = 0; i < requests * WINDOWS; i++) {
            int part = i % WINDOWS;
            long millis = part * seconds * 1000L + (part % 3) * seconds * 333L + (i / WINDOWS) * seconds * 333L / requests;
            events.add(new Event(machine.instant().plusMillis(millis), () -> {
                Instant end = windowEnd(machine.instant().plus(skew));
                used.merge(end, used.getOrDefault(end, 0) < limit ? 1 : 0, Integer::sum);
            }));
        }
    }

    private Instant windowEnd(Instant now) {
        long length = window.toMillis();
        return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), length) + 1) * length);
    }

    private Map<Instant, Integer> fullWindows() {
        TreeMap<Instant, Integer> full = new TreeMap<>(ours);
        full.pollFirstEntry();
        full.pollLastEntry();
        assertThat(full).hasSizeGreaterThan(WINDOWS - 4);
        return full;
    }

    private void in(Duration time, Runnable what) {
        events.add(new Event(machine.instant().plus(time), what));
    }

    /** Half of the latency, give or take. */
    private Duration part(int latency) {
        return Duration.ofMillis(1 + latency / 4 + random.nextInt(latency / 2 + 1));
    }
}
