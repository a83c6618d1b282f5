package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync sends no request that it could do without. */
class RequestCountTest {

    private static final String NOON = "2026-06-10T12:30:00Z";
    private static final int CAMPAIGNS = 101;
    private static final int CANVASES = 3;
    private static final int SEGMENTS = 4;
    private static final int EVENTS = 12;
    private static final int CARDS = 2;

    @TempDir
    private Path directory;

    @Test
    void aFirstSyncAndASecondOneSendTheFewestThatBrazesPagesAndWindowsAllow() throws Exception {
        try (Synced synced = new Synced(directory, NOON, World.builder().campaigns(CAMPAIGNS).canvases(CANVASES).segments(SEGMENTS)
                .events(EVENTS).cards(CARDS).apps("ios", "android"), Synced.filled())) {
            synced.database.placeholders.put("braze.app-ids", "ios,android");
            // 161 days: two requests of 100, twelve of 14
            synced.startsOn("2026-01-01");
            assertThat(counts(synced, synced.sync())).isEqualTo(expected(synced, 2, 12));
            // cursor day, 30 days before it and today: 32 days
            assertThat(counts(synced, synced.sync())).isEqualTo(expected(synced, 1, 3));
        }
    }

    @Test
    void onlyAFullLastPageIsFollowedByAnother() throws Exception {
        Map<Integer, Integer> pages = new LinkedHashMap<>();
        for (int size : new int[] {0, 1, 99, 100, 101, 200}) {
            try (Synced synced = new Synced(directory.resolve(size + ""), NOON, World.builder().empty().segments(size), Synced.filled())) {
                synced.sync("segments");
                synced.sync("segments");
                pages.put(size, synced.simulator.log().count("/segments/list"));
            }
        }
        assertThat(pages).isEqualTo(Map.of(0, 2, 1, 2, 99, 2, 100, 4, 101, 4, 200, 6));
    }

    private static Map<String, Integer> expected(Synced synced, int series, int canvasSeries) throws Exception {
        int tracked = (int) synced.database.count("segments where analytics_tracking_enabled");
        assertThat(tracked).isBetween(1, SEGMENTS - 1);
        Map<String, Integer> expected = new TreeMap<>(Map.of("/campaigns/list", 2, "/campaigns/details", CAMPAIGNS,
                "/campaigns/data_series", CAMPAIGNS * series, "/canvas/list", 1, "/canvas/details", CANVASES,
                "/canvas/data_series", CANVASES * canvasSeries, "/segments/list", 1, "/segments/details", SEGMENTS,
                "/segments/data_series", tracked * series, "/events/list", 1));
        expected.putAll(Map.of("/events/data_series", EVENTS * series, "/feed/list", 1, "/feed/data_series", CARDS * series,
                "/kpi/new_users/data_series", 3 * series, "/kpi/dau/data_series", 3 * series, "/kpi/uninstalls/data_series", 3 * series));
        return expected;
    }

    /** What the simulator counted since the last time; the summaries say the same. */
    private static Map<String, Integer> counts(Synced synced, Map<String, PassResult> results) {
        Map<String, Integer> counts = synced.simulator.log().counts();
        assertThat(results.values().stream().mapToLong(PassResult::requests).sum()).isEqualTo(synced.simulator.log().count());
        synced.simulator.log().clear();
        return counts;
    }
}
