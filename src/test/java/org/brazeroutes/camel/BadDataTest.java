package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that change under the reader, objects that vanish, and values that nobody declared. */
class BadDataTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String[] CAMPAIGNS = {"campaigns", "campaigns_details", "campaigns_analytics"};

    @TempDir
    Path directory;
    private World world;
    private Simulator simulator;
    private SyncFixture fixture;
    private StoredRows rows;

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aParentThatBrazeDoesNotKnowAnyMoreIsGoneAndNoFailure(int status) throws Exception {
        start(4);
        fixture.sync(CAMPAIGNS);
        List<Map<String, Object>> series = rows.stored("campaigns_analytics");
        String cursors = "select * from braze_cursors where stream = 'campaigns_analytics' order by partition_id";
        List<Map<String, Object>> before = fixture.query(cursors.replace("*", "partition_id, first_day, last_day"));
        String gone = world.campaignIds().get(2);
        simulator.fault(Fault.on("/campaigns/details").where("campaign_id", gone).answer(Answer.status(status)));
        simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", gone).answer(Answer.status(status)));
        for (int pass = 1; pass <= 2; pass++) {
            Map<String, PassResult> results = fixture.sync(CAMPAIGNS);
            assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
            assertThat(results.get("campaigns_analytics").notes()).contains("1 of 4 partitions are gone from Braze");
            rows.assertComplete("campaigns_details", record -> !record.get("campaign_id").equals(gone));
            assertThat(rows.stored("campaigns_analytics")).containsExactlyInAnyOrderElementsOf(series);
            assertThat(fixture.query(cursors.replace("*", "partition_id, first_day, last_day"))).isEqualTo(before);
            assertThat(fixture.query(cursors)).filteredOn(row -> Boolean.TRUE.equals(row.get("gone")))
                    .extracting(row -> row.get("partition_id")).containsExactly(gone);
        }
        simulator.clearFaults();
        fixture.sync(CAMPAIGNS);
        rows.assertComplete(CAMPAIGNS);
    }

    @Test
    void detailsThatBrazeRefusesHaveNotLeftTheListing() throws Exception {
        start(4);
        fixture.modes.put("campaigns_details", SyncMode.INCREMENTAL_DEDUP);
        fixture.sync(CAMPAIGNS);
        String gone = world.campaignIds().get(2);
        String row = "select _removed_at, _sync_id, _synced_at from campaigns_details where campaign_id = '" + gone + "'";
        List<Map<String, Object>> before = fixture.query(row);
        simulator.fault(Fault.on("/campaigns/details").where("campaign_id", gone).answer(Answer.status(404)));
        PassResult result = fixture.sync(CAMPAIGNS).get("campaigns_details");
        assertThat(result.result()).isEqualTo(Result.COMPLETE);
        assertThat(result.rows()).isZero();
        assertThat(fixture.query(row)).isEqualTo(before).hasSize(1);
        world.delete(gone);
        fixture.sync(CAMPAIGNS);
        assertThat(fixture.query(row).get(0).get("_removed_at")).isNotNull();
    }

    @Test
    void ifEveryParentIsGoneTheStreamFailed() throws Exception {
        start(3);
        fixture.sync(CAMPAIGNS);
        simulator.fault(Fault.on("/campaigns/details").answer(Answer.status(404)));
        PassResult result = fixture.sync(CAMPAIGNS).get("campaigns_details");
        assertThat(result.result()).isEqualTo(Result.FAILED);
        assertThat(result.error()).contains("404", "/campaigns/details");
        rows.assertComplete(CAMPAIGNS);
    }

    @Test
    void aListThatShrinksWhileItIsPagedIsReadAgain() throws Exception {
        start(150);
        fixture.sync("campaigns");
        String first = world.campaignIds().get(0);
        simulator.fault(Fault.on("/campaigns/list").where("page", "1").times(1).answer(Answer.regularAfter(() -> world.delete(first))));
        assertThat(fixture.sync("campaigns").get("campaigns").result()).isEqualTo(Result.COMPLETE);
        rows.assertComplete("campaigns");
        assertThat(fixture.count("campaigns")).isEqualTo(149);
    }

    @Test
    void idsThatComeTwiceOverPagesAreStoredOnceAndReadOnce() throws Exception {
        start(120);
        simulator.fault(Fault.on("/campaigns/list").where("page", "1").answer(Answer.repeatingPreviousPage(7)));
        Map<String, PassResult> results = fixture.sync("campaigns", "campaigns_details");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete("campaigns", "campaigns_details");
        assertThat(simulator.log().count("/campaigns/details")).isEqualTo(120);
    }

    @Test
    void aListThatNeverEndsFails() throws Exception {
        start(100);
        String page = simulatorPage();
        simulator.fault(Fault.on("/campaigns/list").answer(Answer.body(page)));
        PassResult result = fixture.sync("campaigns").get("campaigns");
        assertThat(result.result()).isEqualTo(Result.FAILED);
        assertThat(result.error()).contains("/campaigns/list", "nothing new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL_REFRESH_OVERWRITE", "INCREMENTAL_DEDUP"})
    void aListThatIsSuddenlyEmptyCountsOnlyAtTheSecondPass(SyncMode mode) throws Exception {
        start(4);
        fixture.modes.put("campaigns", mode);
        fixture.modes.put("campaigns_details", mode);
        fixture.sync(CAMPAIGNS);
        simulator.fault(Fault.on("/campaigns/list").answer(Answer.emptyLists()));
        simulator.log().clear();
        Map<String, PassResult> first = fixture.sync(CAMPAIGNS);
        assertThat(simulator.log().count("/campaigns/list")).as("asked once more").isEqualTo(2);
        assertThat(first.get("campaigns").notes()).anyMatch(note -> note.contains("empty"));
        assertThat(removed("campaigns", mode) + removed("campaigns_details", mode)).isZero();
        rows.assertComplete(CAMPAIGNS);

        fixture.sync(CAMPAIGNS);
        assertThat(removed("campaigns", mode)).isEqualTo(4);
        assertThat(removed("campaigns_details", mode)).isEqualTo(4);
        rows.assertComplete("campaigns_analytics");

        simulator.clearFaults();
        fixture.sync(CAMPAIGNS);
        assertThat(removed("campaigns", mode)).isZero();
        rows.assertComplete(CAMPAIGNS);
    }

    @Test
    void valuesThatDoNotFitGoToExtraAndAreCounted() throws Exception {
        start(3);
        String campaign = world.campaignIds().get(0);
        LocalDate day = LocalDate.parse("2026-06-01");
        BigInteger huge = new BigInteger("12345678901234567890");
        world.correct("campaigns_analytics", campaign, day, "conversions", "many");
        world.correct("campaigns_analytics", campaign, day, "unique_recipients", huge);
        world.correct("campaigns_analytics", campaign, day, "brand_new", List.of(1, "two"));
        world.correct("campaigns_analytics", campaign, day.plusDays(1), "revenue", "12.50");
        world.correct("campaigns_analytics", campaign, day.plusDays(2), "revenue", new BigDecimal("33.333333333333333333"));
        world.correct("campaigns_analytics", campaign, day.plusDays(1), "messages", "none");
        PassResult result = fixture.sync(CAMPAIGNS).get("campaigns_analytics");
        assertThat(result.result()).isEqualTo(Result.COMPLETE);
        assertThat(result.notes()).anyMatch(note -> note.startsWith("4 values did not fit"));
        Map<String, Object> row = row(campaign, day);
        assertThat(row.get("conversions")).isNull();
        assertThat(row.get("unique_recipients")).isNull();
        assertThat((String) row.get("_extra")).contains("\"conversions\":\"many\"", "\"unique_recipients\":12345678901234567890",
                "\"brand_new\":[1,\"two\"]");
        assertThat(row(campaign, day.plusDays(1)).get("revenue")).isNull();
        assertThat((String) row(campaign, day.plusDays(1)).get("_extra")).contains("\"revenue\":\"12.50\"", "\"messages\":\"none\"");
        assertThat(row(campaign, day.plusDays(2))).containsEntry("revenue", 33.333333333333333333).containsEntry("_extra", null);
        rows.assertComplete("campaigns", "campaigns_details");
    }

    @Test
    void nulAndLoneSurrogatesBecomeTheReplacementCharacter() throws Exception {
        start(2);
        String campaign = world.campaignIds().get(0);
        world.override("campaigns", campaign, "name", "a\u0000b");
        simulator.fault(Fault.on("/segments/list").answer(Answer.body("{\"message\":\"success\",\"segments\":[{\"id\":\"s\\u0000\","
                + "\"name\":\"x\\ud800y\",\"tags\":[\"\\udc00\"],\"n\\u0000w\":\"\\ud83d\"}]}")));
        Map<String, PassResult> results = fixture.sync("campaigns", "segments");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertThat(fixture.query("select name from campaigns where id = '" + campaign + "'").get(0)).containsEntry("name", "a\ufffdb");
        assertThat(fixture.query("select id, name, tags, _extra from segments")).containsExactly(Map.of("id", "s\ufffd", "name", "x\ufffdy",
                "tags", "[\"\ufffd\"]", "_extra", "{\"n\ufffdw\":\"\ufffd\"}"));
    }

    @Test
    void aSegmentIsAskedForUnlessBrazeSaysThatItIsNotTracked() throws Exception {
        start(1);
        String unknown = world.addSegment("unknown", true);
        String untracked = world.addSegment("untracked", false);
        world.remove("segments", unknown, "analytics_tracking_enabled");
        assertThat(fixture.sync("segments", "segments_analytics").values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertThat(fixture.count("segments_analytics where segment_id = '" + unknown + "'")).isPositive();
        assertThat(simulator.log().requests("/segments/data_series")).extracting(request -> request.query().get("segment_id"))
                .contains(unknown).doesNotContain(untracked);
    }

    @Test
    void anEventThatIsNoNameIsABrokenAnswer() throws Exception {
        start(1);
        simulator.fault(Fault.on("/events/list").answer(Answer.member("events", List.of("good", 7))));
        PassResult result = fixture.sync("events").get("events");
        assertThat(result.result()).isEqualTo(Result.FAILED);
        assertThat(result.error()).contains("a record is not an object");
        assertThat(fixture.count("events")).isZero();
    }

    @Test
    void anEventOfATooLongNameFailsItsPartitionAndMakesNoOtherAskTwice() throws Exception {
        start(1);
        world.addEvent("A".repeat(1_000));
        Map<String, PassResult> results = fixture.sync("events", "events_analytics");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.PARTIAL);
        assertThat(results.get("events_analytics").error()).contains("1000 characters");
        rows.assertComplete("events", record -> ((String) record.get("event_name")).length() < 1_000);
        rows.assertComplete("events_analytics", record -> ((String) record.get("event_name")).length() < 1_000);
        fixture.lookbackDays = 0;
        simulator.log().clear();
        fixture.sync("events", "events_analytics");
        assertThat(simulator.log().requests("/events/data_series")).isNotEmpty()
                .allSatisfy(request -> assertThat(request.query().get("length")).as("yesterday and today").isEqualTo("2"));
    }

    @Test
    void anAnswerAboutOtherDaysThanThoseAskedForProvesNothing() throws Exception {
        start(2);
        fixture.startDate = Optional.of(LocalDate.parse("2026-01-01"));
        for (String path : List.of("/campaigns/data_series", "/events/data_series")) {
            simulator.fault(Fault.on(path).answer(Answer.body("{\"message\":\"success\",\"data\":[{\"time\":\"2026-06-14\",\"count\":1},{\"time\":\"2026-06-15\"}]}")));
        }
        Map<String, PassResult> results = fixture.sync("campaigns_analytics", "events_analytics");
        assertThat(results.values()).allSatisfy(result -> assertThat(result.error())
                .contains("the answer is about the days from 2026-06-14 to 2026-06-15, but asked for were 2026-01-01 to 2026-04-10"));
        simulator.clearFaults();
        assertThat(fixture.sync("campaigns_analytics", "events_analytics").values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete("campaigns_analytics", "events_analytics");
    }

    private long removed(String table, SyncMode mode) throws Exception {
        return mode == SyncMode.INCREMENTAL_DEDUP
                ? (Long) fixture.query("select count(*) n from " + table + " where _removed_at is not null").get(0).get("n")
                : world.campaignIds().size() - fixture.count(table);
    }

    private Map<String, Object> row(String campaign, LocalDate day) throws Exception {
        return fixture.query("select * from campaigns_analytics where campaign_id = '" + campaign + "' and time = date '" + day + "'").get(0);
    }

    private String simulatorPage() {
        StringBuilder body = new StringBuilder("{\"message\":\"success\",\"campaigns\":[");
        world.campaignIds().forEach(id -> body.append("{\"id\":\"").append(id).append("\"},"));
        return body.replace(body.length() - 1, body.length(), "]}").toString();
    }

    private void start(int campaigns) {
        world = World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(campaigns).canvases(1).segments(2).events(3).cards(1).build();
        simulator = Simulator.start(world, SimulatorOptions.defaults());
        fixture = new SyncFixture(simulator, directory, NOW);
        fixture.startDate = Optional.of(LocalDate.parse("2026-05-20"));
        rows = new StoredRows(fixture, world);
    }
}
