package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.database.Database;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.EndingAt;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Fill;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppendModesTest {

    private static final LocalDate START = LocalDate.parse("2026-05-01");
    private static final String ANALYTICS = "campaigns_analytics";

    @TempDir
    Path directory;
    private final HandClock clock = new HandClock("2026-06-20T10:00:00Z");
    private final World world = World.builder().clock(clock).campaigns(4).canvases(2).segments(2).events(3).cards(2).build();
    private final String campaign = world.campaignIds().get(0);
    private Simulator simulator;
    private SyncFixture fixture;

    @BeforeEach
    void start() {
        start(SimulatorOptions.defaults());
    }

    private void start(SimulatorOptions options) {
        simulator = Simulator.start(world, options);
        fixture = new SyncFixture(simulator, directory, clock);
        fixture.startDate = Optional.of(START);
        fixture.modes.put(ANALYTICS, SyncMode.INCREMENTAL_APPEND);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(EndingAt.class)
    void theLastDayOfASparseSeriesIsNeverPassedOver(EndingAt model) throws Exception {
        simulator.close();
        start(SimulatorOptions.defaults().endingAt(model).fill("events_analytics", Fill.NOTHING));
        fixture.modes.put("events_analytics", SyncMode.INCREMENTAL_APPEND);
        world.correct("events_analytics", world.eventNames().get(1), clock.today().minusDays(1), "count", 9);
        fixture.lookbackDays = 0;
        assertComplete("events_analytics");
        clock.pass(Duration.ofDays(1));
        assertComplete("events_analytics");
        LocalDate sure = clock.today().minusDays(model == EndingAt.INCLUSIVE ? 1 : 2);
        List<String> expected = world.records("events_analytics", START, sure).stream()
                .filter(record -> ((Number) record.get("count")).longValue() > 0)
                .map(record -> record.get("event_name") + " " + record.get("time") + " " + record.get("count")).toList();
        assertThat(fixture.query("select event_name, time, count from events_analytics").stream()
                .map(row -> row.get("event_name") + " " + row.get("time") + " " + row.get("count"))
                .filter(row -> !row.contains(sure.plusDays(1).toString())))
                .containsExactlyInAnyOrderElementsOf(expected).anyMatch(row -> row.endsWith("2026-06-19 9"));
    }

    @ParameterizedTest
    @EnumSource(EndingAt.class)
    void eachCompletedDayIsStoredOnceAndTodayIsNot(EndingAt model) throws Exception {
        simulator.close();
        start(SimulatorOptions.defaults().endingAt(model));
        for (int pass = 0; pass < 2; pass++) {
            assertComplete(ANALYTICS);
            assertThat(days(ANALYTICS)).containsExactlyInAnyOrderElementsOf(expectedDays(ANALYTICS, START, clock.today().minusDays(1)));
        }
        clock.pass(Duration.ofDays(2));
        assertComplete(ANALYTICS);
        List<String> versions = days(ANALYTICS);
        assertThat(versions).as("every day of which something changed has versions that differ").doesNotHaveDuplicates();
        assertThat(versions).containsAll(expectedDays(ANALYTICS, START, clock.today().minusDays(1)));
        assertThat(versions).noneMatch(version -> version.contains(clock.today().toString()));
    }

    @Test
    void aChangedDayOfTheLookBackIsAppendedAgainWithItsMessages() throws Exception {
        assertComplete(ANALYTICS);
        long rows = fixture.count(ANALYTICS);
        long messages = fixture.count(ANALYTICS + "_messages where campaign_id = '" + campaign + "' and time = date '2026-06-10'");
        assertThat(messages).isPositive();
        world.correct(ANALYTICS, campaign, LocalDate.parse("2026-06-10"), "conversions", 4711);
        clock.pass(Duration.ofMinutes(1));
        assertComplete(ANALYTICS);
        assertThat(fixture.count(ANALYTICS)).isEqualTo(rows + 1);
        List<Map<String, Object>> versions = fixture.query("select conversions, _synced_at, _sync_id from " + ANALYTICS + " where campaign_id = '"
                + campaign + "' and time = date '2026-06-10' order by _synced_at");
        assertThat(versions).hasSize(2);
        assertThat(versions.get(1)).containsEntry("conversions", 4711L);
        assertThat((Long) versions.get(1).get("_sync_id")).isGreaterThan((Long) versions.get(0).get("_sync_id"));
        assertThat(fixture.count(ANALYTICS + "_messages where campaign_id = '" + campaign + "' and time = date '2026-06-10'"))
                .isEqualTo(2 * messages);
        assertComplete(ANALYTICS);
        assertThat(fixture.count(ANALYTICS)).as("the same again is nothing new").isEqualTo(rows + 1);
    }

    @Test
    void aLongerLookBackAppendsNothingThatIsThere() throws Exception {
        fixture.lookbackDays = 5;
        assertComplete(ANALYTICS);
        long rows = fixture.count(ANALYTICS);
        assertThat(prints()).hasSize(4).allSatisfy(days -> assertThat(days).startsWith("{\"2026-06-14\":\"").contains("\"2026-06-19\":\""));
        fixture.lookbackDays = 40;
        assertComplete(ANALYTICS);
        assertThat(fixture.count(ANALYTICS)).isEqualTo(rows);
        world.correct(ANALYTICS, campaign, LocalDate.parse("2026-05-20"), "conversions", 4711);
        assertComplete(ANALYTICS);
        assertThat(fixture.count(ANALYTICS)).as("seen once, a change is known").isEqualTo(rows + 1);
    }

    @Test
    void anEarlierStartDateAppendsTheGapOnly() throws Exception {
        assertComplete(ANALYTICS);
        fixture.startDate = Optional.of(LocalDate.parse("2026-01-10"));
        assertComplete(ANALYTICS);
        assertThat(days(ANALYTICS)).containsExactlyInAnyOrderElementsOf(expectedDays(ANALYTICS, LocalDate.parse("2026-01-10"), clock.today().minusDays(1)));
    }

    @Test
    void aStartDateThatIsMovedBehindTheCursorAndBackAppendsNoDayTwice() throws Exception {
        assertComplete(ANALYTICS);
        clock.pass(Duration.ofDays(20));
        fixture.lookbackDays = 0;
        fixture.startDate = Optional.of(LocalDate.parse("2026-07-01"));
        assertComplete(ANALYTICS);
        fixture.startDate = Optional.of(START);
        assertComplete(ANALYTICS);
        List<String> expected = world.records(ANALYTICS, START, clock.today().minusDays(1)).stream()
                .map(record -> record.get("campaign_id") + " " + record.get("time")).toList();
        assertThat(fixture.query("select campaign_id, time from " + ANALYTICS).stream().map(row -> row.get("campaign_id") + " " + row.get("time")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aDayThatGetsItsFirstCountLateIsAppended() throws Exception {
        simulator.close();
        start(SimulatorOptions.defaults().fill("events_analytics", Fill.NOTHING));
        fixture.modes.put("events_analytics", SyncMode.INCREMENTAL_APPEND);
        String event = world.eventNames().get(0);
        LocalDate idle = LocalDate.parse("2026-06-11");
        world.correct("events_analytics", event, idle, "count", 0);
        assertComplete("events_analytics");
        String where = "events_analytics where event_name = '" + event.replace("'", "''") + "' and time = date '2026-06-11'";
        long before = fixture.count(where);
        world.correct("events_analytics", event, idle, "count", 5);
        assertComplete("events_analytics");
        assertThat(fixture.count(where)).isEqualTo(before + 1);
    }

    @Test
    void aPassThatIsNotCompleteAppendsNothingOfAFullRefresh() throws Exception {
        fixture.modes.put("campaigns_details", SyncMode.FULL_REFRESH_APPEND);
        fixture.modes.put(ANALYTICS, SyncMode.FULL_REFRESH_APPEND);
        simulator.fault(Fault.on("/campaigns/details").where("campaign_id", campaign).answer(Answer.status(500)));
        simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", campaign).answer(Answer.status(500)));
        Map<String, PassResult> results = fixture.sync("campaigns_details", ANALYTICS);
        assertThat(results.values()).allSatisfy(result -> assertThat(result.result()).isEqualTo(Result.PARTIAL));
        assertThat(fixture.count("campaigns_details")).isZero();
        assertThat(fixture.count(ANALYTICS)).isZero();
        simulator.clearFaults();
        for (int pass = 1; pass <= 2; pass++) {
            assertComplete("campaigns_details", ANALYTICS);
            assertThat(fixture.count("campaigns_details")).isEqualTo(4L * pass);
            assertThat(fixture.count(ANALYTICS)).isEqualTo(pass * (long) expectedDays(ANALYTICS, START, clock.today()).size());
            assertThat(fixture.query("select distinct _sync_id from campaigns_details")).hasSize(pass);
        }
    }

    @Test
    void aPartitionThatFailsInAnIncrementIsAppendedByTheNextPass() throws Exception {
        simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", campaign).answer(Answer.status(500)));
        assertThat(fixture.sync(ANALYTICS).get(ANALYTICS).result()).isEqualTo(Result.PARTIAL);
        simulator.clearFaults();
        assertComplete(ANALYTICS);
        assertThat(days(ANALYTICS)).containsExactlyInAnyOrderElementsOf(expectedDays(ANALYTICS, START, clock.today().minusDays(1)));
    }

    @Test
    void aNewVersionIsAppendedOnceHoweverManyPassesFailBehindIt() throws Exception {
        String series = "canvases_analytics";
        String canvas = world.canvasIds().get(0);
        String version = series + " where canvas_id = '" + canvas + "' and time = date '2026-05-24'";
        fixture.modes.put(series, SyncMode.INCREMENTAL_APPEND);
        assertComplete(series);
        clock.pass(Duration.ofDays(20));
        world.correct(series, canvas, LocalDate.parse("2026-05-24"), "/total_stats/entries", 4711);
        for (int pass = 1; pass <= 3; pass++) {
            simulator.clearFaults();
            simulator.fault(Fault.on("/canvas/data_series").where("canvas_id", canvas).after(1).answer(Answer.status(500)));
            assertThat(fixture.sync(series).get(series).result()).isEqualTo(Result.PARTIAL);
            assertThat(fixture.count(version)).as("after pass " + pass).isEqualTo(2);
        }
        simulator.clearFaults();
        assertComplete(series);
        assertThat(fixture.count(version)).isEqualTo(2);
    }

    @Test
    void aModeWhoseKeyTheTableLacksIsRefusedInBothDirections() throws Exception {
        assertComplete(ANALYTICS);
        fixture.modes.put(ANALYTICS, SyncMode.INCREMENTAL_DEDUP);
        PassResult keyed = fixture.sync(ANALYTICS).get(ANALYTICS);
        assertThat(keyed.result()).isEqualTo(Result.FAILED);
        assertThat(keyed.error()).contains("has no key, this mode needs (campaign_id, time)", "reset --drop campaigns_analytics");
        assertComplete("campaigns");
        fixture.modes.put("campaigns", SyncMode.FULL_REFRESH_APPEND);
        PassResult appended = fixture.sync("campaigns").get("campaigns");
        assertThat(appended.result()).isEqualTo(Result.FAILED);
        assertThat(appended.error()).contains("has the key (id), this mode needs none", "reset --drop campaigns");
    }

    @Test
    void resetForgetsTheFingerprints() throws Exception {
        assertComplete(ANALYTICS);
        assertThat(prints()).isNotEmpty();
        try (Database database = Database.open(fixture.options().database())) {
            StateStore.open(database).reset(ANALYTICS);
        }
        assertThat(prints()).isEmpty();
    }

    private List<String> prints() throws Exception {
        return fixture.query("select prints from braze_cursors where prints is not null").stream().map(row -> (String) row.get("prints")).toList();
    }

    private void assertComplete(String... streams) throws Exception {
        assertThat(fixture.sync(streams).values()).allSatisfy(result ->
                assertThat(result.result()).as(result.toString()).isEqualTo(Result.COMPLETE));
    }

    private List<String> days(String stream) throws Exception {
        return fixture.query("select campaign_id, time, conversions, revenue, conversions_by_send_time from " + stream).stream()
                .map(row -> row.get("campaign_id") + " " + row.get("time") + " " + row.get("conversions") + " " + row.get("revenue") + " "
                        + row.get("conversions_by_send_time")).toList();
    }

    private List<String> expectedDays(String stream, LocalDate from, LocalDate to) {
        return world.records(stream, from, to).stream().map(record -> record.get("campaign_id") + " " + record.get("time") + " "
                + record.get("conversions") + " " + (record.get("revenue") == null ? null : ((Number) record.get("revenue")).doubleValue())
                + " " + record.get("conversions_by_send_time")).toList();
    }
}
