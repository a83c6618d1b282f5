package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.database.BusyException;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and files that are not as we left them, and what users did to our tables. */
class TargetTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String[] STREAMS = {"campaigns", "campaigns_details", "segments", "kpi_daily_active_users"};

    @TempDir
    Path directory;
    private final World world = World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(5).canvases(1).segments(3).events(1)
            .cards(1).build();
    private final Simulator simulator = Simulator.start(world);
    private SyncFixture fixture;
    private StoredRows rows;

    @BeforeEach
    void fixture() {
        fixture = new SyncFixture(simulator, directory, NOW);
        fixture.startDate = Optional.of(LocalDate.parse("2026-05-20"));
        rows = new StoredRows(fixture, world);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void anAnswerThatAConstraintOfTheUsersRefusesFailsItsPartitionOnly() throws Exception {
        fixture.sync("campaigns", "campaigns_analytics");
        String refused = world.campaignIds().get(1);
        fixture.execute("delete from campaigns_analytics");
        fixture.execute("delete from braze_cursors where stream = 'campaigns_analytics'");
        fixture.execute("alter table campaigns_analytics add constraint mine check (campaign_id <> '" + refused + "')");
        PassResult result = fixture.sync("campaigns_analytics").get("campaigns_analytics");
        assertThat(result.result()).isEqualTo(Result.PARTIAL);
        assertThat(result.error()).containsIgnoringCase("mine");
        assertThat(fixture.query("select distinct campaign_id as id from campaigns_analytics").stream().map(row -> row.get("id")))
                .containsExactlyInAnyOrderElementsOf(world.campaignIds().stream().filter(id -> !id.equals(refused)).toList());

        fixture.execute("alter table campaigns_analytics drop constraint mine");
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").result()).isEqualTo(Result.COMPLETE);
        rows.assertComplete("campaigns_analytics");
    }

    @Test
    void aTableOfAStrangerIsRefusedUntouchedAndHindersNoOtherStream() throws Exception {
        fixture.execute("create table campaigns (id varchar(50) primary key, mine int)");
        fixture.execute("insert into campaigns values ('x', 42)");
        Map<String, PassResult> results = fixture.sync(STREAMS);
        PassResult refused = results.remove("campaigns");
        assertThat(refused.result()).isEqualTo(Result.FAILED);
        assertThat(refused.requests()).isZero();
        assertThat(refused.error()).contains("sink.jdbc.table-prefix", "sink.jdbc.schema", "sink.jdbc.adopt");
        assertThat(fixture.query("select * from campaigns")).containsExactly(Map.of("id", "x", "mine", 42));
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete("campaigns_details", "segments", "kpi_daily_active_users");

        fixture.adopt = true;
        assertThat(fixture.sync(STREAMS).values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete(STREAMS);
        fixture.adopt = false;
        assertThat(fixture.sync("campaigns").get("campaigns").result()).as("from now on it is ours").isEqualTo(Result.COMPLETE);
    }

    @Test
    void aTableOfOursWithAnotherKeyIsRefused() throws Exception {
        fixture.sync(STREAMS);
        fixture.execute("alter table segments drop primary key");
        Map<String, PassResult> results = fixture.sync(STREAMS);
        assertThat(results.get("segments").result()).isEqualTo(Result.FAILED);
        assertThat(results.remove("segments").error()).contains("reset --drop segments");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete(STREAMS);
    }

    @Test
    void whatUsersDidToOurTablesSurvivesOverwriteAndDedup() throws Exception {
        fixture.modes.put("segments", SyncMode.INCREMENTAL_DEDUP);
        fixture.sync(STREAMS);
        for (String table : List.of("campaigns", "segments")) {
            fixture.execute("alter table " + table + " add owner_name varchar(20)");
            fixture.execute("update " + table + " set owner_name = 'Ada ' || substring(id, 1, 4)");
            fixture.execute("create index " + table + "_by_name on " + table + " (name)");
            fixture.execute("create view " + table + "_view as select id, name, owner_name from " + table);
        }
        String deleted = world.campaignIds().get(0);
        world.delete(deleted);
        world.campaignIds().forEach(id -> world.rename(id, "New " + id));
        world.segmentIds().forEach(id -> world.rename(id, "New " + id));
        String added = world.addCampaign("Added");
        assertThat(fixture.sync(STREAMS).values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete(STREAMS);
        assertThat(fixture.query("select * from campaigns_view")).hasSize(5).allSatisfy(row ->
                assertThat(row.get("owner_name")).isEqualTo(row.get("id").equals(added) ? null : "Ada " + ((String) row.get("id")).substring(0, 4)));
        assertThat(fixture.query("select * from segments_view")).hasSize(3).allSatisfy(row -> {
            assertThat(row).containsEntry("name", "New " + row.get("id"));
            assertThat(row).containsEntry("owner_name", "Ada " + ((String) row.get("id")).substring(0, 4));
        });
        assertThat(fixture.query("select index_name from information_schema.indexes where index_name like '%_BY_NAME'")).hasSize(2);
    }

    @Test
    void aFileThatAnotherProcessHasOpenIsBusyAndStaysAsItIs() throws Exception {
        fixture.sync(STREAMS);
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), FileHolder.class.getName(), fixture.login.url()).redirectErrorStream(true).start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("open");
            assertThatThrownBy(() -> fixture.sync(STREAMS)).isInstanceOf(BusyException.class)
                    .hasMessageContaining("another process").hasMessageContaining("braze.mv.db");
        } finally {
            holder.outputWriter().close();
            holder.waitFor();
        }
        assertThat(fixture.sync(STREAMS).values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete(STREAMS);
    }

    @Test
    void aReadOnlyDatabaseIsSaidInOneLine() throws Exception {
        fixture.sync(STREAMS);
        world.campaignIds().forEach(id -> world.rename(id, "New"));
        List<Map<String, Object>> before = rows.stored("campaigns");
        assertThat(fixture.at(fixture.login.url() + ";ACCESS_MODE_DATA=r").sync(STREAMS).values()).allSatisfy(result -> {
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains(fixture.login.url(), "read only").doesNotContain("\n");
        });
        assertThat(rows.stored("campaigns")).containsExactlyInAnyOrderElementsOf(before);
        fixture.sync(STREAMS);
        rows.assertComplete(STREAMS);
    }

    @Test
    void aPlaceThatCannotHoldAFileIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        SyncFixture nowhere = fixture.at("jdbc:h2:file:" + file.resolve("sub/braze"));
        assertThatThrownBy(() -> nowhere.sync(STREAMS)).isInstanceOf(DatabaseException.class)
                .hasMessageContaining("cannot write in").hasMessageContaining("sink.jdbc.url");
        nowhere.sink = new SinkOptions.Endpoint("log:braze", "log:braze");
        assertThatThrownBy(() -> nowhere.sync(STREAMS)).isInstanceOf(DatabaseException.class)
                .hasMessageContaining("cannot write in").hasMessageContaining("state.jdbc.url");
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("braze.mv.db"), "holiday pictures");
        assertThatThrownBy(() -> fixture.sync(STREAMS)).isInstanceOf(DatabaseException.class)
                .hasMessageContaining("cannot open").hasMessageContaining("sink.jdbc.url");
        assertThat(file).hasContent("holiday pictures");
    }
}
