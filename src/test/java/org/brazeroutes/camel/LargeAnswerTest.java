package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a process with a heap of 256 MB one answer of 50 MB fails its partition and nothing else, and one of 20 MB is stored. */
class LargeAnswerTest {

    private static final int DAYS = 10;
    private static final LocalDate TODAY = LocalDate.parse("2026-06-10");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void largeAnswerDoesNotEndTheProcess(Product product) throws Exception {
        try (Synced synced = new Synced(directory, TODAY + "T12:30:00Z", product)) {
            synced.database.startDate = Optional.of(TODAY.minusDays(DAYS - 1));
            String tooLarge = synced.world.campaignIds().get(2);
            String large = synced.world.campaignIds().get(4);
            answer(synced, tooLarge, 5_000);
            answer(synced, large, 1_500);
            Process process = SyncProcess.start(synced.database, directory.resolve("process"), "campaigns", "campaigns_analytics", "segments");
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended).isTrue();
            String log = Files.readString(directory.resolve("process/process.log"));

            assertThat(process.exitValue()).as(log).isEqualTo(1);
            assertThat(log).contains("stream=campaigns_analytics, mode=incremental_dedup, result=PARTIAL")
                    .contains(tooLarge).contains("the answer has more than 1").contains("-Xmx").doesNotContain("OutOfMemory");
            assertThat(synced.database.query("select distinct campaign_id id from campaigns_analytics")).extracting(row -> row.get("id"))
                    .hasSize(synced.world.campaignIds().size() - 1).contains(large).doesNotContain(tooLarge);
            assertThat(synced.database.count("campaigns_analytics")).isEqualTo((long) DAYS * (synced.world.campaignIds().size() - 1));
            assertThat(synced.database.count("segments")).isEqualTo(synced.world.segmentIds().size());
        }
    }

    private static void answer(Synced synced, String campaign, int kilobytesADay) {
        StringBuilder body = new StringBuilder("{\"message\":\"success\",\"data\":[");
        for (int i = DAYS - 1; i >= 0; i--) {
            body.append("{\"time\":\"").append(TODAY.minusDays(i)).append("\",\"note\":\"").append("x".repeat(kilobytesADay << 10))
                    .append("\"}").append(i == 0 ? "]}" : ",");
        }
        synced.simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", campaign).answer(Answer.body(body.toString())));
    }
}
