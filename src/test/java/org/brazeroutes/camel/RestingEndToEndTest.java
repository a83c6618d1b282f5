package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.brazeroutes.demo.World;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is archived, unedited and idle is read by the first pass of a day, and loses nothing by it. */
class RestingEndToEndTest {

    private static final String[] STREAMS = {"campaigns", "campaigns_details", "campaigns_analytics"};

    @TempDir
    private Path directory;
    private Synced synced;
    private List<String> all;
    private String draft;

    @BeforeEach
    void firstSync() throws Exception {
        synced = new Synced(directory, "2026-06-10T08:00:00Z", World.builder().empty().campaigns(20), Synced.filled());
        synced.startsOn("2026-04-01");
        all = synced.world.campaignIds();
        // the one that never sent anything
        draft = all.stream().filter(id -> synced.records("campaigns_details").stream()
                .anyMatch(record -> record.get("campaign_id").equals(id) && Boolean.TRUE.equals(record.get("draft")))).findFirst().orElseThrow();
        synced.world.archive(draft);
        assertThat(asked()).containsExactlyInAnyOrderElementsOf(all);
    }

    @AfterEach
    void close() {
        synced.close();
    }

    @Test
    void anIdleArchivedCampaignIsReadByTheFirstPassOfADayOnly() throws Exception {
        assertThat(asked()).hasSize(19).doesNotContain(draft);
        assertThat(asked()).hasSize(19).doesNotContain(draft);
        synced.hasEverything(STREAMS);
        synced.clock.set("2026-06-11T00:00:30Z");
        assertThat(asked()).hasSize(20);
        synced.hasEverything(STREAMS);
        synced.clock.set("2026-06-11T23:59:00Z");
        assertThat(asked()).hasSize(19).doesNotContain(draft);
        synced.hasEverything(STREAMS);
        synced.clock.set("2026-08-20T12:00:00Z");
        assertThat(asked()).hasSize(20);
        synced.hasEverything(STREAMS);
    }

    @Test
    void whatChangesAllTheSameArrivesWithTheNextDay() throws Exception {
        LocalDate today = LocalDate.parse("2026-06-10");
        synced.world.correct("campaigns_analytics", draft, today.minusDays(30), "conversions_by_send_time", 3);
        synced.world.correct("campaigns_analytics", draft, today, "conversions", 1);
        assertThat(asked()).doesNotContain(draft);
        synced.clock.set("2026-06-11T06:00:00Z");
        assertThat(asked()).contains(draft);
        synced.hasEverything(STREAMS);
        assertThat(asked()).as("its days are no longer all zero").contains(draft);
        synced.clock.set("2026-07-13T06:00:00Z");
        assertThat(asked()).contains(draft);
        assertThat(asked()).as("they are again").doesNotContain(draft);
        synced.hasEverything(STREAMS);
    }

    @Test
    void anEditedOneIsReadAtOnce() throws Exception {
        synced.world.rename(draft, "Edited in the archive");
        assertThat(asked()).contains(draft);
        assertThat(asked()).doesNotContain(draft);
    }

    @Test
    void oneThatLeavesTheArchiveIsReadFromTheNextPassOn() throws Exception {
        synced.world.unarchive(draft);
        asked("campaigns", "campaigns_details");
        assertThat(asked()).contains(draft);
        assertThat(asked()).contains(draft);
    }

    @Test
    void anEarlierStartDateIsFilledAtOnce() throws Exception {
        synced.startsOn("2026-01-01");
        assertThat(asked()).contains(draft);
        synced.hasEverything(STREAMS);
        assertThat(asked()).doesNotContain(draft);
    }

    @Test
    void aFullRefreshReadsAll() throws Exception {
        synced.database.modes.put("campaigns_analytics", SyncMode.FULL_REFRESH_OVERWRITE);
        assertThat(asked()).hasSize(20);
        assertThat(asked()).hasSize(20);
    }

    /** The campaigns whose series a pass asks for. */
    private Set<String> asked(String... streams) throws Exception {
        synced.simulator.log().clear();
        synced.sync(streams.length == 0 ? STREAMS : streams);
        return synced.requests("/campaigns/data_series").stream().map(request -> request.query().get("campaign_id")).collect(Collectors.toSet());
    }
}
