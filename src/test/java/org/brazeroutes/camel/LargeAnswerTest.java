package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One answer of 50 MB in a process with a heap of 256 MB. */
class LargeAnswerTest {

    private static final int DAYS = 10;
    private static final int MEGABYTES_A_DAY = 5;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void largeAnswerIsStored(Product product) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", product)) {
            String large = synced.world.campaignIds().get(2);
            LocalDate today = LocalDate.parse("2026-06-10");
            synced.database.startDate = Optional.of(today.minusDays(DAYS - 1));
            synced.simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", large).answer(Answer.body(body(today))));
            Process process = SyncProcess.start(synced.database, directory.resolve("process"), "campaigns", "campaigns_analytics", "segments");
            assertThat(process.waitFor()).as(Files.readString(directory.resolve("process/process.log"))).isZero();
            assertThat(synced.database.query("select time from campaigns_analytics where campaign_id = '" + large + "'")).hasSize(DAYS);
            assertThat(synced.database.count("campaigns_analytics")).isEqualTo((long) DAYS * synced.world.campaignIds().size());
            synced.hasEverything("campaigns", "segments");
        }
    }

    private static String body(LocalDate today) {
        StringBuilder body = new StringBuilder("{\"message\":\"success\",\"data\":[");
        for (int i = DAYS - 1; i >= 0; i--) {
            body.append("{\"time\":\"").append(today.minusDays(i)).append("\",\"note\":\"").append("x".repeat(MEGABYTES_A_DAY << 20))
                    .append("\"}").append(i == 0 ? "]}" : ",");
        }
        return body.toString();
    }
}
