package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes on one database server, this one and others: one writer a stream, whatever the other does and however it ends. */
class TwoProcessesTest {

    @TempDir
    private Path directory;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        goOn.countDown();
        thread.shutdown();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void theLeaseOfAKilledProcessEndsAtOnceAndThatOfALivingOneMakesOthersBusy(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            CountDownLatch held = holdCampaignsAnalytics(synced);
            Process killed = SyncProcess.start(synced.database, directory.resolve("killed"), "campaigns", "campaigns_analytics");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> held.getCount() == 0 || !killed.isAlive());
            assertThat(killed.isAlive()).as(log("killed")).isTrue();
            killed.destroyForcibly().waitFor();
            goOn.countDown();
            assertThat(owned(synced)).contains("campaigns_analytics");

            synced.database.requestTimeout = Duration.ofMinutes(2);
            CountDownLatch heldAgain = holdCampaignsAnalytics(synced);
            Future<?> living = thread.submit(() -> synced.sync("campaigns", "campaigns_analytics"));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> heldAgain.getCount() == 0 || living.isDone());
            Process second = SyncProcess.start(synced.database, directory.resolve("second"), "campaigns_analytics", "segments");
            assertThat(second.waitFor()).as(log("second")).isEqualTo(1);
            assertThat(log("second").lines().filter(line -> line.startsWith("PassResult["))).hasSize(2)
                    .anyMatch(line -> line.matches(".*stream=campaigns_analytics,.* result=BUSY,.*another process is busy with this stream.*"))
                    .anyMatch(line -> line.matches(".*stream=segments,.* result=COMPLETE,.*"));
            assertThat(living.isDone()).as("at work all the time").isFalse();
            goOn.countDown();
            living.get();
            synced.hasEverything("campaigns", "campaigns_analytics", "segments");
            assertThat(owned(synced)).isEmpty();
        }
    }

    @Test
    void aSeriesThatWasAtWorkWhenTheZoneChangedIsReadAgainAfterwards() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", Product.POSTGRES)) {
            synced.database.requestTimeout = Duration.ofMinutes(2);
            CountDownLatch held = holdCampaignsAnalytics(synced);
            Future<?> first = thread.submit(() -> synced.sync("campaigns", "campaigns_analytics"));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> held.getCount() == 0 || first.isDone());
            synced.database.zone = ZoneId.of("Asia/Seoul");
            assertThat(synced.database.sync("campaigns_analytics").get("campaigns_analytics").result()).isEqualTo(Result.BUSY);
            goOn.countDown();
            first.get();
            synced.simulator.clearFaults();
            synced.simulator.log().clear();
            assertThat(synced.sync("campaigns_analytics").get("campaigns_analytics").result()).isEqualTo(Result.COMPLETE);
            assertThat(synced.windows().stream().map(Window::first).min(LocalDate::compareTo)).contains(synced.start());
            synced.simulator.log().clear();
            synced.sync("campaigns_analytics");
            assertThat(synced.windows()).isNotEmpty().allSatisfy(window -> assertThat(window.first()).isAfter(synced.start()));
        }
    }

    /** From now on the answer for one campaign waits until whoever asks may go on. */
    private CountDownLatch holdCampaignsAnalytics(Synced synced) {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch until = new CountDownLatch(1);
        goOn = until;
        synced.simulator.clearFaults();
        synced.simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", synced.world.campaignIds().get(2))
                .answer(Answer.regularAfter(() -> {
                    held.countDown();
                    await(until);
                })));
        return held;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> owned(Synced synced) throws Exception {
        return synced.database.query("select stream from braze_streams where owner is not null").stream().map(row -> row.get("stream")).toList();
    }

    private String log(String process) throws Exception {
        return Files.readString(directory.resolve(process).resolve("process.log"));
    }
}
