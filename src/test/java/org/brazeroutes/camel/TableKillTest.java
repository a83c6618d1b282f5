package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real process is killed at random moments of a first and of a later pass of all streams; then one pass finishes. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TableKillTest {

    private static final String ONCE = "campaigns_analytics";
    private static final List<String> WHOLE = List.of("campaigns_details", "segments_analytics");
    private static final String[] APPENDED = {ONCE, WHOLE.get(0), WHOLE.get(1)};

    @TempDir
    private Path directory;
    private final Random random = new Random(20260610);

    @ParameterizedTest
    @EnumSource
    void whateverTheMomentTheNextPassHasEverythingOnce(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            kill(synced, 3, 250);
            synced.sync();
            synced.hasEverything();

            synced.clock.pass(Duration.ofDays(2));
            synced.world.rename(synced.world.campaignIds().get(1), "renamed");
            synced.world.delete(synced.world.campaignIds().get(2));
            synced.world.addCampaign("late", "email");
            kill(synced, 3, 100);
            synced.database.sync();
            synced.hasEverything("campaigns", "canvases", "events", "segments", "campaigns_details", "canvases_analytics",
                    "events_analytics", "kpi_daily_active_users");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheMomentEachDayIsAppendedOnceAndAPassIsAppendedWholeOrNotAtAll(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            synced.startsOn("2026-03-01");
            synced.database.modes.put(ONCE, SyncMode.INCREMENTAL_APPEND);
            WHOLE.forEach(stream -> synced.database.modes.put(stream, SyncMode.FULL_REFRESH_APPEND));
            kill(synced, 2, 80, APPENDED);
            synced.sync(APPENDED);
            List<Map<String, Object>> first = daysUntilYesterday(synced);
            Rows.equal(synced.database, ONCE, first);
            holdWholePasses(synced, Map.of());

            Map<String, Set<Object>> before = passes(synced);
            synced.clock.pass(Duration.ofDays(2));
            synced.world.correct(ONCE, synced.world.campaignIds().get(3), LocalDate.parse("2026-06-01"), "conversions", 4711);
            kill(synced, 2, 80, APPENDED);
            synced.sync(APPENDED);
            holdTheVersions(synced, first);
            holdWholePasses(synced, before);
        }
    }

    private static List<Map<String, Object>> daysUntilYesterday(Synced synced) {
        return synced.records(ONCE, synced.start(), synced.world.today().minusDays(1));
    }

    /** What was there stays; what is new or has changed is there once more. */
    private static void holdTheVersions(Synced synced, List<Map<String, Object>> first) throws Exception {
        List<Map<String, Object>> added = new ArrayList<>(daysUntilYesterday(synced));
        added.removeAll(first);
        Set<Object> keys = new HashSet<>();
        List<Map<String, Object>> rows = new ArrayList<>(Rows.stored(synced.database, ONCE));
        rows.sort(Comparator.comparing(row -> (Long) row.get("_sync_id")));
        Map<Boolean, List<Map<String, Object>>> versions = rows.stream()
                .collect(Collectors.partitioningBy(row -> keys.add(List.of(row.get("campaign_id"), row.get("time")))));
        Set<Object> old = first.stream().map(record -> List.of(record.get("campaign_id"), record.get("time"))).collect(Collectors.toSet());
        Map<Boolean, List<Map<String, Object>>> records = added.stream()
                .collect(Collectors.partitioningBy(record -> old.contains(List.of(record.get("campaign_id"), record.get("time")))));
        assertThat(records.get(true)).as("days that changed").isNotEmpty();
        assertThat(records.get(false)).as("days that are new").isNotEmpty();
        Rows.equal(synced.database.streams.get(ONCE), versions.get(true), Stream.concat(first.stream(), records.get(false).stream()).toList());
        Rows.equal(synced.database.streams.get(ONCE), versions.get(false), records.get(true));
    }

    /** Every pass that is new has all that the workspace holds; the last one, which was not killed, is among them. */
    private static void holdWholePasses(Synced synced, Map<String, Set<Object>> before) throws Exception {
        for (String stream : WHOLE) {
            Map<Object, List<Map<String, Object>>> passes = new HashMap<>(Rows.byPass(Rows.stored(synced.database, stream)));
            assertThat(passes.keySet()).containsAll(before.getOrDefault(stream, Set.of())).containsAll(complete(synced, stream));
            passes.keySet().removeAll(before.getOrDefault(stream, Set.of()));
            assertThat(passes).as("new passes of %s", stream).isNotEmpty();
            for (List<Map<String, Object>> rows : passes.values()) {
                Rows.equal(synced.database.streams.get(stream), rows, synced.records(stream));
            }
        }
    }

    private static Map<String, Set<Object>> passes(Synced synced) throws Exception {
        Map<String, Set<Object>> passes = new HashMap<>();
        for (String stream : WHOLE) {
            passes.put(stream, Rows.byPass(Rows.stored(synced.database, stream)).keySet());
        }
        return passes;
    }

    private static List<Object> complete(Synced synced, String stream) throws Exception {
        return synced.database.query("select sync_id from braze_syncs where result = 'complete' and stream = '" + stream + "'").stream()
                .map(row -> row.get("sync_id")).toList();
    }

    private void kill(Synced synced, int kills, int requestsOfAPass, String... streams) throws Exception {
        int killed = 0;
        for (int kill = 0; kill < kills; kill++) {
            int requests = synced.simulator.log().count() + 1 + random.nextInt(requestsOfAPass / kills);
            Process process = SyncProcess.start(synced.database, directory, streams);
            Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5))
                    .until(() -> synced.simulator.log().count() >= requests || !process.isAlive());
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly().waitFor();
        }
        assertThat(killed).as("killed at work: %s", Files.readString(directory.resolve("process.log"))).isPositive();
    }
}
