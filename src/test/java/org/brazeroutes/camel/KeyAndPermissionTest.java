package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong keys, missing permissions, retired endpoints, and hosts that are not there. */
class KeyAndPermissionTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    @TempDir
    Path directory;
    private final World world = World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(4).canvases(2).segments(3).events(2)
            .cards(2).build();
    private Simulator simulator;

    @AfterEach
    void close() {
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void aWrongKeyFailsEveryStreamAndIsNeverPrinted() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        fixture.key = "not-the-right-key";
        Map<String, PassResult> results = fixture.sync();
        assertThat(results).hasSize(16);
        assertThat(results.values()).allSatisfy(result -> {
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("401", "BRAZE_API_KEY");
            assertThat(result.toString()).doesNotContain(fixture.key);
        });
        assertThat(simulator.log().requests()).allSatisfy(request -> assertThat(request.status()).isEqualTo(401));
        fixture.key = simulator.apiKey();
        assertThat(fixture.sync().values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
    }

    @Test
    void aRefusalThatQuotesTheRequestDoesNotGiveTheKeyAway() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        simulator.fault(Fault.on("/segments/list").answer(Answer.status(403, "application/json",
                "{\"message\":\"not allowed: Authorization: Bearer " + fixture.key + "\"}")));
        assertThat(fixture.sync("segments").get("segments").error()).contains("403 (not allowed: Authorization: Bearer ***)").doesNotContain(fixture.key);
    }

    @Test
    void aKeyThatIsRevokedInMidRunLosesNothing() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        simulator.fault(Fault.everywhere().after(9).answer(Answer.status(401)));
        Map<String, PassResult> results = fixture.sync();
        assertThat(results.values()).extracting(PassResult::result).contains(Result.FAILED);
        assertThat(results.values()).filteredOn(result -> result.result() == Result.FAILED)
                .allSatisfy(result -> assertThat(result.error()).contains("401"));
        simulator.clearFaults();
        assertThat(fixture.sync().values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertEverything(fixture);
    }

    @Test
    void aSingleRefusalOfTheKeyIsAskedOnceMore() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        simulator.fault(Fault.on("/segments/list").times(1).answer(Answer.status(401)));
        Map<String, PassResult> results = fixture.sync("segments");
        assertThat(results.get("segments").result()).isEqualTo(Result.COMPLETE);
        assertThat(results.get("segments").requests()).isEqualTo(2);
        assertThat(results.get("segments").retries()).isZero();
    }

    @Test
    void aMissingPermissionFailsItsStreamByNameAndNoOther() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults().without("campaigns.details", "events.data_series"));
        Map<String, PassResult> results = fixture.sync();
        assertThat(results.get("campaigns_details").result()).isEqualTo(Result.FAILED);
        assertThat(results.get("campaigns_details").error()).contains("403", "permission campaigns.details");
        assertThat(results.get("events_analytics").result()).isEqualTo(Result.FAILED);
        assertThat(results.get("events_analytics").error()).contains("permission events.data_series");
        results.keySet().removeIf(name -> name.equals("campaigns_details") || name.equals("events_analytics"));
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);

        simulator.grant("campaigns.details");
        simulator.grant("events.data_series");
        assertThat(fixture.sync().values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertEverything(fixture);
    }

    @Test
    void theChildrenOfADeniedListSayWhichPermissionIsMissing() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults().without("campaigns.list"));
        Map<String, PassResult> results = fixture.sync();
        for (String name : new String[] {"campaigns", "campaigns_details", "campaigns_analytics"}) {
            assertThat(results.get(name).result()).as(name).isEqualTo(Result.FAILED);
            assertThat(results.remove(name).error()).startsWith(name + ": ").contains("campaigns.list");
        }
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        PassResult alone = fixture.sync("campaigns_analytics").get("campaigns_analytics");
        assertThat(alone.result()).isEqualTo(Result.FAILED);
        assertThat(alone.error()).contains("permission campaigns.list");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void retiredNewsFeedIsSkippedWithANotice(int status) throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults().newsFeedRetired(status));
        Map<String, PassResult> results = fixture.sync();
        assertSkipped(results.remove("cards"));
        assertSkipped(results.remove("cards_analytics"));
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertSkipped(fixture.sync("cards_analytics").get("cards_analytics"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aRetiredSeriesOfNewsFeedIsSkippedToo(int status) throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        simulator.fault(Fault.on("/feed/data_series").answer(Answer.status(status)));
        Map<String, PassResult> results = fixture.sync("cards", "cards_analytics");
        assertThat(results.get("cards").result()).isEqualTo(Result.COMPLETE);
        assertSkipped(results.get("cards_analytics"));
    }

    @Test
    void anUnknownHostIsNamed() throws Exception {
        SyncFixture fixture = fixture(SimulatorOptions.defaults());
        fixture.endpoint = URI.create("http://rest.braze.invalid");
        fixture.retries = 1;
        Map<String, PassResult> results = fixture.sync("campaigns", "campaigns_analytics", "kpi_daily_active_users");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.FAILED);
        assertThat(results.get("campaigns").error()).contains("the host rest.braze.invalid of braze.endpoint is unknown");
    }

    @Test
    void aHostThatNeverAnswersFailsTheStreamsAfterTheirTries() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            SyncFixture fixture = fixture(SimulatorOptions.defaults());
            fixture.endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            fixture.requestTimeout = Duration.ofMillis(300);
            Map<String, PassResult> results = fixture.sync("campaigns", "kpi_daily_active_users");
            assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.FAILED);
            assertThat(results.get("campaigns").error()).contains("/campaigns/list", "timed out", "3 tries");
            assertThat(results.get("campaigns").retries()).isEqualTo(2);
        }
    }

    private static void assertSkipped(PassResult result) {
        assertThat(result.result()).as(result.toString()).isEqualTo(Result.SKIPPED);
        assertThat(result.error()).isNull();
        assertThat(result.notes()).anyMatch(note -> note.contains("Braze has retired News Feed"));
    }

    private static void assertEverything(SyncFixture fixture, World world) throws Exception {
        StoredRows rows = new StoredRows(fixture, world);
        for (String name : Engine.catalogue(fixture.options()).streams().keySet()) {
            rows.assertComplete(name, record -> true);
        }
    }

    private void assertEverything(SyncFixture fixture) throws Exception {
        assertEverything(fixture, world);
    }

    private SyncFixture fixture(SimulatorOptions options) {
        simulator = Simulator.start(world, options.fill("cards_analytics", Fill.ZEROS));
        SyncFixture fixture = new SyncFixture(simulator, directory, NOW);
        fixture.startDate = Optional.of(LocalDate.parse("2026-05-20"));
        return fixture;
    }
}
