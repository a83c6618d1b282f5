package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.state.SyncRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusReportTest {

    @TempDir
    private Path directory;

    /** As after a sync at a time to come, by a clock that was set back since. */
    @Test
    void aStreamWhoseCronNeverComesRoundAgainHasNoNextRun() {
        LocalDate only = LocalDate.now(ZoneOffset.UTC).plusYears(1);
        String url = "jdbc:h2:file:" + directory.resolve("braze");
        try (Database database = Database.open(new DatabaseSettings(url, "", "", "", "", 2, url))) {
            Instant later = only.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            StateStore.open(database).history().save(new SyncRecord("segments", 1, "full_refresh_overwrite", "complete", 1, 1, 1, 0, 0, later, later,
                    null, null, null));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String cron = "0 0 0 %d %d ? %d".formatted(only.getDayOfMonth(), only.getMonthValue(), only.getYear());
        int exit = new BrazeRoutes(Recording.console(out, new ByteArrayOutputStream(), ""), Map.of("SINK_JDBC_URL", url, "SYNC_CRON", cron), directory,
                EngineCommands::new).execute("status", "--json");
        assertThat(exit).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).filteredOn(line -> line.contains("\"stream\":\"segments\"")).singleElement().asString()
                .contains("\"result\":\"complete\"").contains("\"next_run\":null");
    }
}
