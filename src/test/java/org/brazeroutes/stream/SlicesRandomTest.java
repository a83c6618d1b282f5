package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks with fixed seeds against servers of every habit, cut off at random points. */
class SlicesRandomTest {

    private static final List<String> FIXED_ZONES = List.of("UTC", "Asia/Seoul", "America/Phoenix");
    private static final List<String> SEASONAL_ZONES = List.of("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Europe/London", "America/Nuuk");
    private static final Predicate<LocalDate> EVERY_DAY = day -> true;
    private static final int WORLDS = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyDayOfASeriesWithAllRowsIsStoredWhateverTheServersHabit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < WORLDS; i++) {
            List<String> zones = random.nextBoolean() ? FIXED_ZONES : SEASONAL_ZONES;
            String configured = pick(zones, random);
            String real = random.nextInt(3) > 0 ? configured : pick(FIXED_ZONES, random);
            walk(random, real, configured, EVERY_DAY, random.nextBoolean());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9, 10})
    void everyRowOfASparseSeriesIsStoredWhateverTheServersHabit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < WORLDS; i++) {
            int share = random.nextInt(101);
            long rows = random.nextLong();
            boolean sameZone = random.nextBoolean();
            String configured = pick(sameZone ? SEASONAL_ZONES : FIXED_ZONES, random);
            String real = sameZone ? configured : pick(FIXED_ZONES, random);
            walk(random, real, configured, day -> new Random(rows + day.toEpochDay()).nextInt(100) < share, false);
        }
    }

    /** In London's winter both todays are one, and no answer with every row shows how it is in summer. */
    @ParameterizedTest
    @ValueSource(longs = {16, 17, 18, 19, 20})
    void everyRowOfASparseSeriesIsStoredThoughItsZoneDiffersBySeasonFromTheConfiguredOne(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < WORLDS; i++) {
            int share = random.nextInt(101);
            long rows = random.nextLong();
            walk(random, pick(SEASONAL_ZONES, random), pick(FIXED_ZONES, random), day -> new Random(rows + day.toEpochDay()).nextInt(100) < share, false);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void everyRowOfASeriesThatBeginsLateOrEndsEarlyIsStoredWhateverTheServersHabit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < WORLDS; i++) {
            String zone = pick(SEASONAL_ZONES, random);
            LocalDate first = LocalDate.parse("2026-01-01").plusDays(random.nextInt(300));
            LocalDate last = first.plusDays(random.nextInt(300));
            walk(random, zone, zone, day -> !day.isBefore(first) && !day.isAfter(last), true);
        }
    }

    private static void walk(Random random, String real, String configured, Predicate<LocalDate> rows, boolean zeroFilled) {
        int maxDays = List.of(100, 14, 3 + random.nextInt(20)).get(random.nextInt(3));
        Instant now = Instant.parse("2026-03-01T00:00:00Z").plusSeconds(random.nextInt(365 * 86_400));
        ModelServer server = new ModelServer(ZoneId.of(real), random.nextBoolean(), rows);
        ModelWorkspace workspace = new ModelWorkspace(server, ZoneId.of(configured), maxDays, zeroFilled, now, 1 + random.nextInt(3));
        LocalDate start = workspace.today().minusDays(random.nextInt(5) == 0 ? random.nextInt(3) : random.nextInt(5 * maxDays));
        workspace.withToday = random.nextInt(3) > 0;
        int lookback = random.nextInt(3) * 15;
        boolean full = zeroFilled && rows == EVERY_DAY;
        int rounds = 1 + random.nextInt(4);
        for (int round = 0; round < rounds; round++) {
            if (random.nextBoolean()) {
                workspace.emptyAnswers = zeroFilled ? 10 : 0;
                workspace.pass(start, lookback, random, 1 + random.nextInt(20));
                workspace.emptyAnswers = 0;
            }
            LocalDate yesterday = workspace.today().minusDays(1);
            assertThat(workspace.pass(start, lookback, random, 10_000)).as("the walk ends").isTrue();
            // a series that is not asked for today shows yesterday a day later at the latest, if its other days do not tell
            workspace.holds(start, yesterday.minusDays(full || workspace.withToday ? 0 : 1));
            start = random.nextInt(3) == 0 ? start.minusDays(random.nextInt(3 * maxDays)) : start;
            workspace.now = workspace.now.plus(Duration.ofHours(random.nextInt(100)));
        }
    }

    private static String pick(List<String> zones, Random random) {
        return zones.get(random.nextInt(zones.size()));
    }
}
