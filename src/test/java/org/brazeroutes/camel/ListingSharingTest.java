package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Fill;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One listing for all children, and no place held while waiting for it. */
@Timeout(120)
class ListingSharingTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    @TempDir
    Path directory;
    private final World world = World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(4).canvases(2).segments(3).events(2)
            .cards(2).build();
    private final Simulator simulator = Simulator.start(world, SimulatorOptions.defaults().fill("cards_analytics", Fill.ZEROS));

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void allStreamsEndWithOnePlaceForThem() throws Exception {
        SyncFixture fixture = fixture();
        fixture.parallelStreams = 1;
        Map<String, PassResult> results = fixture.sync();
        assertThat(results).hasSize(16);
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        new StoredRows(fixture, world).assertComplete(results.keySet().toArray(String[]::new));
        for (String path : new String[] {"/campaigns/list", "/canvas/list", "/segments/list", "/events/list", "/feed/list"}) {
            assertThat(simulator.log().count(path)).as(path).isEqualTo(1);
        }
    }

    @Test
    void childrenThatWaitForTheirListLeaveTheOnlyPlaceToOthers() throws Exception {
        SyncFixture fixture = fixture();
        fixture.parallelStreams = 1;
        fixture.clock = TickingClock.from(NOW);
        simulator.fault(Fault.on("/campaigns/list").times(1).answer(Answer.status(429).withoutLimitHeaders().header("retry-after", "1")));
        Map<String, PassResult> results = fixture.sync("campaigns", "campaigns_details", "campaigns_analytics", "events", "kpi_daily_new_users");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertThat(simulator.log().requests("/campaigns/details")).hasSize(4);
        assertThat(results.get("campaigns").rateLimitWaitMs()).isGreaterThanOrEqualTo(Duration.ofSeconds(1).toMillis());
        assertThat(results.get("events").rateLimitWaitMs()).isZero();
    }

    @Test
    void aChildAloneListsItsParentOnceAndDoesNotWriteIt() throws Exception {
        SyncFixture fixture = fixture();
        Map<String, PassResult> results = fixture.sync("campaigns_analytics");
        assertThat(results.keySet()).containsExactly("campaigns_analytics");
        assertThat(results.get("campaigns_analytics").result()).isEqualTo(Result.COMPLETE);
        new StoredRows(fixture, world).assertComplete("campaigns_analytics");
        assertThat(simulator.log().count("/campaigns/list")).isEqualTo(1);
        assertThat(fixture.query("select table_name from information_schema.tables where table_name = 'CAMPAIGNS'")).isEmpty();
    }

    @Test
    void twoChildrenAloneShareOneListing() throws Exception {
        SyncFixture fixture = fixture();
        Map<String, PassResult> results = fixture.sync("campaigns_analytics", "campaigns_details");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        new StoredRows(fixture, world).assertComplete("campaigns_analytics", "campaigns_details");
        assertThat(simulator.log().count("/campaigns/list")).isEqualTo(1);
    }

    private SyncFixture fixture() {
        SyncFixture fixture = new SyncFixture(simulator, directory, NOW);
        fixture.startDate = Optional.of(LocalDate.parse("2026-05-20"));
        return fixture;
    }
}
