package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brazeroutes.demo.EndingAt;
import org.brazeroutes.demo.Fill;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.demo.WorldBuilder;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The days of every series are there, each once, and are asked for no more often than needed. */
class SeriesWindowsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-06-10");
    private static final String NOON = "2026-06-10T12:30:00Z";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"INCLUSIVE, 0", "INCLUSIVE, 13", "INCLUSIVE, 99", "INCLUSIVE, 100", "INCLUSIVE, 250",
        "HALF_OPEN, 0", "HALF_OPEN, 13", "HALF_OPEN, 99", "HALF_OPEN, 100", "HALF_OPEN, 250"})
    void everyDayOfEverySeriesIsThereWhereverSlicesMeet(EndingAt model, int daysBefore) throws Exception {
        try (Synced synced = synced(Synced.filled().endingAt(model))) {
            LocalDate first = TODAY.minusDays(daysBefore);
            synced.startsOn(first.toString());
            synced.sync();
            LocalDate last = model == EndingAt.INCLUSIVE ? TODAY : TODAY.minusDays(1);
            synced.hasSeries(first, last);
            synced.clock.set("2026-06-13T01:00:00Z");
            synced.sync();
            synced.hasSeries(first, last.plusDays(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {27, 199, 250})
    void theFirstSyncAsksForEachDayOnce(int daysBefore) throws Exception {
        try (Synced synced = synced(Synced.filled())) {
            synced.startsOn(TODAY.minusDays(daysBefore).toString());
            synced.sync(Synced.SERIES.toArray(String[]::new));
            Map<String, List<LocalDate>> asked = new LinkedHashMap<>();
            synced.windows().forEach(window -> asked.computeIfAbsent(window.series(), series -> new ArrayList<>())
                    .addAll(window.first().datesUntil(window.last().plusDays(1)).toList()));
            assertThat(asked).hasSize(3 + 2 + 2 + 2 + 3 + 3);
            List<LocalDate> days = synced.start().datesUntil(TODAY.plusDays(1)).toList();
            assertThat(asked).allSatisfy((series, dates) -> assertThat(dates).as(series).containsExactlyElementsOf(days));
        }
    }

    @ParameterizedTest
    @EnumSource(EndingAt.class)
    void theSecondSyncAsksForTheLookBackAndTodayAlone(EndingAt model) throws Exception {
        try (Synced synced = synced(Synced.filled().endingAt(model))) {
            synced.startsOn("2026-01-01");
            synced.sync();
            synced.simulator.log().clear();
            synced.sync();
            // a canvas answers 14 days at most
            Map<Boolean, List<Window>> windows = synced.windows().stream()
                    .collect(Collectors.partitioningBy(window -> window.series().startsWith("/canvas")));
            assertThat(windows.get(false)).hasSize(3 + 2 + 2 + 3 + 3).allSatisfy(window -> {
                assertThat(window.first()).isEqualTo(TODAY.minusDays(31));
                assertThat(window.last()).isEqualTo(TODAY);
            });
            assertThat(windows.get(true)).hasSize(2 * 3).allSatisfy(window -> assertThat(window.first()).isAfterOrEqualTo(TODAY.minusDays(32)));
            assertThat(synced.simulator.log().counts().entrySet()).filteredOn(entry -> entry.getKey().endsWith("/list"))
                    .hasSize(5).allSatisfy(entry -> assertThat(entry.getValue()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"INCLUSIVE, NOTHING", "HALF_OPEN, NOTHING", "INCLUSIVE, NEVER", "HALF_OPEN, NEVER"})
    void seriesWithoutRowsForIdleDaysLoseNone(EndingAt model, Fill fill) throws Exception {
        SimulatorOptions options = Synced.filled().endingAt(model).fill("cards_analytics", fill).fill("events_analytics", fill);
        for (String kpi : Synced.KPIS) {
            options = options.fill(kpi, fill);
        }
        try (Synced synced = synced(options)) {
            synced.startsOn("2025-10-01");
            // without a series that is filled with zeros nothing tells how the server reads ending_at
            String[] sparse = {"events_analytics", "cards_analytics", Synced.KPIS.get(0), Synced.KPIS.get(1), Synced.KPIS.get(2)};
            for (String now : List.of(NOON, "2026-06-11T00:10:00Z", "2026-07-30T23:50:00Z")) {
                synced.clock.set(now);
                synced.sync(sparse);
                LocalDate last = model == EndingAt.INCLUSIVE ? synced.world.today() : synced.world.today().minusDays(1);
                for (String stream : sparse) {
                    Rows.equal(synced.database, stream, synced.records(stream, synced.start(), last).stream()
                            .filter(row -> fill == Fill.NOTHING && busy(row)).toList());
                }
            }
            assertThat(synced.database.count("events_analytics") == 0).isEqualTo(fill == Fill.NEVER);
        }
    }

    /** All counters of these series are parts of one volume, the greatest of which is the volume itself. */
    private static boolean busy(Map<String, Object> row) {
        for (String counter : List.of("count", "impressions", "new_users", "dau", "uninstalls")) {
            if (row.containsKey(counter)) {
                return ((Number) row.get(counter)).longValue() > 0;
            }
        }
        throw new IllegalArgumentException("no counter in " + row.keySet());
    }

    @Test
    void anIdleCardHasTheLastDayOfEachWindowThatWasAsked() throws Exception {
        try (Synced synced = synced(SimulatorOptions.defaults(), World.builder().empty().cards(5))) {
            synced.startsOn("2025-10-01");
            synced.sync("cards", "cards_analytics");
            List<Map<String, Object>> expected = new ArrayList<>();
            for (Map<String, Object> row : synced.records("cards_analytics")) {
                LocalDate day = LocalDate.parse((String) row.get("time"));
                boolean answered = synced.windows().stream().filter(window -> window.series().contains((String) row.get("card_id")))
                        .filter(window -> !day.isBefore(window.first()) && !day.isAfter(window.last()))
                        .anyMatch(window -> day.equals(window.last()) || synced.records("cards_analytics", window.first(), window.last())
                                .stream().anyMatch(other -> other.get("card_id").equals(row.get("card_id")) && busy(other)));
                if (answered) {
                    expected.add(row);
                }
            }
            assertThat(expected).hasSizeLessThan(synced.records("cards_analytics").size()).hasSizeGreaterThan(300);
            Rows.equal(synced.database, "cards_analytics", expected);
        }
    }

    @ParameterizedTest
    @EnumSource(EndingAt.class)
    void anEarlierStartDateAsksOnlyForTheGapAndALaterOneDeletesNothing(EndingAt model) throws Exception {
        try (Synced synced = synced(Synced.filled().endingAt(model))) {
            synced.startsOn("2026-04-01");
            synced.sync();
            synced.simulator.log().clear();
            synced.startsOn("2025-12-01");
            synced.sync();
            LocalDate last = model == EndingAt.INCLUSIVE ? TODAY : TODAY.minusDays(1);
            synced.hasSeries(LocalDate.parse("2025-12-01"), last);
            LocalDate stored = LocalDate.parse("2026-04-01");
            assertThat(synced.windows()).isNotEmpty().allSatisfy(window -> assertThat(!window.first().isBefore(TODAY.minusDays(32))
                    || !window.last().isAfter(stored.plusDays(model == EndingAt.INCLUSIVE ? 0 : 1))).as("%s", window).isTrue());
            synced.simulator.log().clear();
            synced.startsOn("2026-06-01");
            assertThat(synced.sync().values()).allSatisfy(result -> assertThat(result.rows()).isZero());
            synced.hasSeries(LocalDate.parse("2025-12-01"), last);
            assertThat(synced.windows()).isNotEmpty().allSatisfy(window -> assertThat(window.last()).isAfterOrEqualTo(LocalDate.parse("2026-06-01")));
        }
    }

    @Test
    void aStartDateOfTomorrowAsksForNoDayAndSaysSo() throws Exception {
        try (Synced synced = synced(Synced.filled())) {
            synced.startsOn("2026-06-11");
            Map<String, PassResult> results = synced.sync();
            assertThat(synced.windows()).isEmpty();
            for (String stream : Synced.SERIES) {
                assertThat(results.get(stream).notes()).anyMatch(note -> note.contains("2026-06-11") && note.contains("future"));
                assertThat(synced.database.count(stream)).isZero();
            }
            synced.clock.set("2026-06-11T00:00:30Z");
            synced.sync();
            synced.hasSeries(synced.start(), synced.start());
        }
    }

    @Test
    void aStartDateInTheFutureTakesNoRowAway() throws Exception {
        try (Synced synced = synced(Synced.filled())) {
            synced.database.modes.put("campaigns_analytics", SyncMode.FULL_REFRESH_OVERWRITE);
            synced.startsOn("2026-06-01");
            synced.sync("campaigns_analytics");
            long rows = synced.database.count("campaigns_analytics");
            synced.startsOn("2062-06-01");
            assertThat(synced.sync("campaigns_analytics").get("campaigns_analytics").result()).isEqualTo(Result.COMPLETE);
            assertThat(synced.database.count("campaigns_analytics")).isEqualTo(rows).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2026-06-09", "3, 2026-06-06", "30, 2026-05-10"})
    void aCorrectionArrivesAsFarBackAsTheLookBackReaches(int lookback, LocalDate reached) throws Exception {
        try (Synced synced = synced(Synced.filled())) {
            synced.database.lookbackDays = lookback;
            synced.sync();
            String campaign = synced.world.campaignIds().get(0);
            for (LocalDate day : List.of(reached.minusDays(1), reached, TODAY)) {
                synced.world.correct("campaigns_analytics", campaign, day, "conversions", 987_654_321);
            }
            assertThat(synced.sync().get("campaigns_analytics").rows()).isEqualTo(2);
            assertThat(synced.database.query("select \"TIME\" d from campaigns_analytics where conversions = 987654321 order by 1"))
                    .extracting(row -> row.get("d").toString()).containsExactly(reached.toString(), TODAY.toString());
        }
    }

    private Synced synced(SimulatorOptions options) {
        return synced(options, Synced.tiny());
    }

    private Synced synced(SimulatorOptions options, WorldBuilder world) {
        return new Synced(directory, NOON, world, options);
    }
}
