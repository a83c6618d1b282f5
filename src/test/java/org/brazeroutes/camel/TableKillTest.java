package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real process is killed at random moments of a first and of a later pass of all streams; then one pass finishes. */
class TableKillTest {

    private static final int KILLS = 3;

    @TempDir
    private Path directory;
    private final Random random = new Random(20260610);

    @ParameterizedTest
    @EnumSource
    void whateverTheMomentTheNextPassHasEverythingOnce(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            kill(synced, 250);
            synced.sync();
            synced.hasEverything();

            synced.clock.pass(Duration.ofDays(2));
            synced.world.rename(synced.world.campaignIds().get(1), "renamed");
            synced.world.delete(synced.world.campaignIds().get(2));
            synced.world.addCampaign("late", "email");
            kill(synced, 100);
            synced.database.sync();
            synced.hasEverything("campaigns", "canvases", "events", "segments", "campaigns_details", "canvases_analytics",
                    "events_analytics", "kpi_daily_active_users");
        }
    }

    private void kill(Synced synced, int requestsOfAPass) throws Exception {
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int requests = synced.simulator.log().count() + 1 + random.nextInt(requestsOfAPass / KILLS);
            Process process = SyncProcess.start(synced.database, directory);
            Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5))
                    .until(() -> synced.simulator.log().count() >= requests || !process.isAlive());
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly().waitFor();
        }
        assertThat(killed).as("killed at work: %s", Files.readString(directory.resolve("process.log"))).isPositive();
    }
}
