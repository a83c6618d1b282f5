package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a table holds in the modes that are not its stream's default, and its unnested tables. */
class ModesEndToEndTest {

    private static final List<String> PARTS = List.of("campaigns_analytics_messages", "canvases_analytics_variants",
            "canvases_analytics_steps", "canvases_analytics_step_messages");

    @TempDir
    private Path directory;

    @Test
    void unnestedTablesFollowTheirParentsThroughCorrections() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync();
            UnnestedRows.equalTheirParents(synced.database);
            correctMessages(synced);
            synced.sync();
            synced.hasEverything();
            assertThat(synced.database.query("select read_count r from campaigns_analytics_messages where read_count = 77")).hasSize(1);
        }
    }

    @Test
    void unnestedTablesAreEmptyWhileSwitchedOffAndWholeWhenSwitchedOnAgain() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync();
            synced.database.unnest = false;
            correctMessages(synced);
            synced.clock.set("2026-06-11T12:30:00Z");
            synced.sync();
            for (String part : PARTS) {
                assertThat(synced.database.count(part)).as(part).isZero();
            }
            synced.database.unnest = true;
            synced.sync();
            synced.hasEverything();
        }
    }

    @Test
    void unnestedTablesAreFilledFromStoredRowsWhenSwitchedOnLater() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.startsOn("2026-02-01");
            synced.database.unnest = false;
            synced.sync();
            assertThat(synced.database.query("select table_name from information_schema.tables where table_name like '%MESSAGES'")).isEmpty();
            synced.database.unnest = true;
            synced.simulator.log().clear();
            synced.sync();
            synced.hasEverything();
            assertThat(synced.windows()).isNotEmpty().allSatisfy(window -> assertThat(window.first()).isAfter(LocalDate.parse("2026-05-01")));
        }
    }

    /** A channel more, one less, an entry that is no object's usual form, a counter that becomes text, and "read". */
    private static void correctMessages(Synced synced) {
        LocalDate day = LocalDate.parse("2026-06-02");
        List<String> campaigns = synced.world.campaignIds();
        synced.world.correct("campaigns_analytics", campaigns.get(0), day, "/messages/carrier_pigeon",
                List.of(Map.of("sent", 4, "lost", 1, "read", 77), Map.of("sent", "many")));
        synced.world.remove("campaigns_analytics", campaigns.get(0), day, "/messages/email");
        synced.world.correct("campaigns_analytics", campaigns.get(1), day, "/messages/ios_push", List.of());
        synced.world.remove("campaigns_analytics", campaigns.get(2), day, "messages");
        synced.world.correct("canvases_analytics", synced.world.canvasIds().get(0), day, "/step_stats/other step",
                Map.of("name", "Other", "revenue", 1.5, "messages", Map.of("email", List.of(Map.of("sent", 3)))));
        synced.world.correct("canvases_analytics", synced.world.canvasIds().get(0), day, "/variant_stats/other", Map.of("entries", 3));
    }

    @Test
    void overwrittenSeriesHoldJustTheWorkspaceOfTheirLastCompletePass() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            Synced.SERIES.forEach(stream -> synced.database.modes.put(stream, SyncMode.FULL_REFRESH_OVERWRITE));
            synced.sync();
            synced.hasEverything();
            assertThat(synced.sync().values()).allSatisfy(result -> assertThat(result.rows()).as("%s", result).isZero());
            List<Map<String, Object>> before = Rows.stored(synced.database, "campaigns_analytics");
            synced.world.delete(synced.world.campaignIds().get(0));
            synced.world.delete(synced.world.canvasIds().get(0));
            synced.world.archive(synced.world.segmentIds().get(0));
            synced.startsOn("2026-05-20");
            synced.simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", synced.world.campaignIds().get(3))
                    .answer(Answer.status(500)));
            assertThat(synced.database.sync().get("campaigns_analytics").result()).isEqualTo(Result.PARTIAL);
            assertThat(Rows.stored(synced.database, "campaigns_analytics")).containsExactlyInAnyOrderElementsOf(before);
            synced.simulator.clearFaults();
            synced.sync();
            synced.hasEverything();
        }
    }

    @Test
    void daysThatAnOverwriteRemovedAreReadAgainByALaterPassThatOnlyAdds() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.startsOn("2026-03-01");
            synced.sync("campaigns", "campaigns_analytics");
            synced.startsOn("2026-05-20");
            synced.database.modes.put("campaigns_analytics", SyncMode.FULL_REFRESH_OVERWRITE);
            synced.sync("campaigns", "campaigns_analytics");
            synced.hasEverything("campaigns_analytics");
            synced.startsOn("2026-03-01");
            synced.database.modes.clear();
            synced.sync("campaigns", "campaigns_analytics");
            synced.hasEverything("campaigns_analytics");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsGoneIsReadAnewWithAllItsDays(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            synced.startsOn("2026-03-01");
            synced.database.modes.put("events_analytics", SyncMode.INCREMENTAL_APPEND);
            String[] streams = {"campaigns_analytics", "canvases_analytics", "events_analytics"};
            synced.sync(streams);
            for (String stream : streams) {
                synced.database.execute("drop table " + stream);
            }
            Map<String, PassResult> results = synced.sync(streams);
            assertThat(results.values()).allSatisfy(result -> assertThat(result.notes()).as("%s", result)
                    .contains("its table is gone, so it is read anew from the start date"));
            synced.hasEverything("campaigns_analytics", "canvases_analytics");
            Rows.equal(synced.database, "events_analytics", synced.records("events_analytics", synced.start(), synced.world.today().minusDays(1)));
            UnnestedRows.equalTheirParents(synced.database);
            assertThat(synced.sync(streams).values()).allSatisfy(result -> assertThat(result.notes()).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesWhoseStateIsLostAreTakenOverWithTheirUnnestedOnes(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            synced.sync();
            for (String state : List.of("braze_tables", "braze_cursors", "braze_streams", "braze_syncs", "braze_settings")) {
                synced.database.execute("drop table " + state);
            }
            assertThat(synced.database.sync("campaigns_analytics").get("campaigns_analytics").error()).contains("sink.jdbc.adopt");
            synced.database.adopt = true;
            synced.sync();
            synced.hasEverything();
        }
    }

    @Test
    void aPartitionThatIsGoneLeavesAnOverwrittenSeries() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.modes.put("campaigns_analytics", SyncMode.FULL_REFRESH_OVERWRITE);
            synced.sync("campaigns_analytics");
            String gone = synced.world.campaignIds().get(4);
            synced.simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", gone).answer(Answer.status(404)));
            synced.sync("campaigns_analytics");
            Rows.equal(synced.database, "campaigns_analytics", synced.records("campaigns_analytics").stream()
                    .filter(row -> !row.get("campaign_id").equals(gone)).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOverwriteLeavesNoMarkOfRemovalOnWhatHasReturned(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            synced.database.modes.put("segments", SyncMode.INCREMENTAL_DEDUP);
            synced.sync("segments");
            String segment = synced.world.segmentIds().get(0);
            synced.world.archive(segment);
            synced.sync("segments");
            assertThat(synced.database.query("select id from segments where _removed_at is not null")).hasSize(1);
            synced.world.unarchive(segment);
            synced.database.modes.clear();
            synced.sync("segments");
            synced.hasEverything("segments");
            assertThat(synced.database.query("select id from segments where _removed_at is not null")).isEmpty();
        }
    }

    @Test
    void listsAndDetailsInDedupModeMarkWhatLeftAndClearTheMarkOnReturn() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            Synced.LISTS.forEach(stream -> synced.database.modes.put(stream, SyncMode.INCREMENTAL_DEDUP));
            Synced.DETAILS.forEach(stream -> synced.database.modes.put(stream, SyncMode.INCREMENTAL_DEDUP));
            synced.sync();
            synced.hasEverything();
            assertThat(removed(synced)).isZero();
            String segment = synced.world.segmentIds().get(0);
            List<Map<String, Object>> before = synced.records("segments_details");
            synced.world.archive(segment);
            synced.world.delete(synced.world.campaignIds().get(0));
            synced.world.delete(synced.world.eventNames().get(2));
            synced.clock.set("2026-06-10T14:30:00Z");
            synced.sync(lists());
            synced.hasEverything(lists());
            assertThat(removed(synced)).isEqualTo(2 + 2 + 1);
            assertThat(synced.database.query("select name n, _removed_at r from segments_details where _removed_at is not null"))
                    .hasSize(1).allSatisfy(row -> assertThat(before).anyMatch(record -> record.get("name").equals(row.get("n"))));
            synced.world.archive(segment);
            assertThat(synced.sync(lists()).values()).allSatisfy(result -> assertThat(result.rows()).as("%s", result).isZero());
            synced.world.unarchive(segment);
            Map<String, PassResult> returned = synced.sync(lists());
            assertThat(returned.get("segments").rows()).isEqualTo(1);
            assertThat(returned.get("segments_details").rows()).isEqualTo(1);
            synced.hasEverything(lists());
            assertThat(removed(synced)).isEqualTo(2 + 1);
        }
    }

    private static String[] lists() {
        return Stream.concat(Synced.LISTS.stream(), Synced.DETAILS.stream()).toArray(String[]::new);
    }

    private static long removed(Synced synced) throws Exception {
        long removed = 0;
        for (String stream : lists()) {
            removed += synced.database.query("select 1 from " + stream + " where _removed_at is not null").size();
        }
        return removed;
    }
}
