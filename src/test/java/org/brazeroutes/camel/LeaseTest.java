package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassListener;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.state.Owner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer a stream. */
class LeaseTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String[] STREAMS = {"campaigns", "campaigns_details", "campaigns_analytics", "segments"};

    @TempDir
    Path directory;
    private final World world = World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(5).canvases(1).segments(3).events(1)
            .cards(1).build();
    private final Simulator simulator = Simulator.start(world);
    private SyncFixture fixture;
    private StoredRows rows;

    @BeforeEach
    void fixture() throws Exception {
        fixture = new SyncFixture(simulator, directory, NOW);
        fixture.startDate = Optional.of(LocalDate.parse("2026-05-20"));
        rows = new StoredRows(fixture, world);
        fixture.sync("segments");
        for (String stream : STREAMS) {
            fixture.execute("merge into braze_streams (stream, sync_id, listed, empty_once) key (stream) values ('" + stream + "', 7, 0, false)");
        }
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aStreamOfALivingOwnerIsBusyAndTheOthersRun() throws Exception {
        lease("campaigns", "elsewhere", 1, 60);
        Map<String, PassResult> results = fixture.sync(STREAMS);
        PassResult busy = results.remove("campaigns");
        assertThat(busy.result()).isEqualTo(Result.BUSY);
        assertThat(busy.error()).contains("another process is busy");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete("campaigns_details", "campaigns_analytics", "segments");
        assertThat(owner("campaigns")).isEqualTo("other");
    }

    @Test
    void theLeaseOfAProcessThatLivesOnThisHostIsRespected() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        fixture.execute("update braze_streams set owner = 'other', owner_host = '" + Owner.self().host() + "', owner_pid = " + self.pid()
                + ", owner_started = " + Owner.self().started() + ", lease_until = dateadd(second, 60, current_timestamp) where stream = 'segments'");
        assertThat(fixture.sync("segments").get("segments").result()).isEqualTo(Result.BUSY);
    }

    @Test
    void afterItsLeaseIsLostAProcessStoresNoMoreOfTheSeries() throws Exception {
        fixture.concurrency = 1;
        List<Object> storedBefore = new CopyOnWriteArrayList<>();
        simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", world.campaignIds().get(2)).answer(Answer.regularAfter(() -> {
            steal("campaigns_analytics");
            storedBefore.addAll(storedCampaigns());
        })));
        Map<String, PassResult> results = fixture.sync(STREAMS);
        assertThat(results.get("campaigns_analytics").result()).isEqualTo(Result.BUSY);
        assertThat(results.get("campaigns_analytics").error()).contains("taken");
        assertThat(owner("campaigns_analytics")).as("the new owner keeps it").isEqualTo("other");
        assertThat(storedCampaigns()).isNotEmpty().hasSameElementsAs(storedBefore).doesNotContain(world.campaignIds().get(2));
        rows.assertComplete("campaigns_analytics", record -> storedBefore.contains(record.get("campaign_id")));
    }

    @Test
    void afterItsLeaseIsLostAProcessReplacesNothing() throws Exception {
        fixture.sync(STREAMS);
        List<Map<String, Object>> before = rows.stored("campaigns_details");
        world.campaignIds().forEach(id -> world.rename(id, "New"));
        simulator.fault(Fault.on("/campaigns/details").times(1).answer(stolen("campaigns_details")));
        Map<String, PassResult> results = fixture.sync(STREAMS);
        assertThat(results.get("campaigns_details").result()).isEqualTo(Result.BUSY);
        assertThat(rows.stored("campaigns_details")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(owner("campaigns_details")).isEqualTo("other");
    }

    @Test
    void runWaitsForALeaseThatADeadProcessElsewhereLeftBehind() throws Exception {
        lease("segments", "elsewhere", 1, 3);
        CompletableFuture<PassResult> first = new CompletableFuture<>();
        PassListener listener = new PassListener() {
            @Override
            public void ended(PassResult result) {
                first.complete(result);
            }
        };
        try (Engine engine = new Engine(fixture.options(), false, listener)) {
            engine.start(List.of("segments"));
            assertThat(first.get(1, TimeUnit.MINUTES).result()).isEqualTo(Result.COMPLETE);
        }
        rows.assertComplete("segments");
    }

    private Answer stolen(String stream) {
        return Answer.regularAfter(() -> steal(stream));
    }

    private void steal(String stream) {
        try {
            lease(stream, "elsewhere", 1, 60);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Object> storedCampaigns() {
        try {
            return fixture.query("select partition_id id from braze_cursors where stream = 'campaigns_analytics'").stream()
                    .map(row -> row.get("id")).toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void lease(String stream, String host, long pid, int seconds) throws SQLException {
        fixture.execute("update braze_streams set owner = 'other', owner_host = '" + host + "', owner_pid = " + pid
                + ", owner_started = 1, lease_until = dateadd(second, " + seconds + ", current_timestamp) where stream = '" + stream + "'");
    }

    private Object owner(String stream) throws SQLException {
        return fixture.query("select owner from braze_streams where stream = '" + stream + "'").get(0).get("owner");
    }
}
