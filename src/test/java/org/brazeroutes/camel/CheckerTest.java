package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.camel.Check.Verdict;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.LoggedRequest;
import org.brazeroutes.demo.World;
import org.brazeroutes.demo.WorldBuilder;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check says of each endpoint, in the least requests, and that it leaves nothing behind. */
class CheckerTest {

    private static final String NOW = "2026-06-10T12:30:00Z";

    @TempDir
    private Path directory;

    /** What was found, by subject without the permission; {@code accepted} is false where a sync could not even begin. */
    private record Found(Map<String, Check> checks, boolean accepted, List<String> routeErrors) {

        Verdict verdict(String subject) {
            return checks.get(subject).verdict();
        }

        Set<String> not(Verdict verdict) {
            Map<String, Check> others = new LinkedHashMap<>(checks);
            others.values().removeIf(check -> check.verdict() == verdict);
            return others.keySet();
        }
    }

    private Synced synced(WorldBuilder world) {
        return new Synced(directory, NOW, world, Synced.filled());
    }

    /** A workspace where waiting has an end. */
    private Synced ticking() {
        Clock clock = TickingClock.from(Instant.parse(NOW));
        Synced synced = new Synced(directory, NOW, Synced.tiny(), Synced.filled().serverClock(clock));
        synced.database.clock = clock;
        return synced;
    }

    private static Found check(Synced synced) throws Exception {
        Map<String, Check> checks = new LinkedHashMap<>();
        try (Checker checker = new Checker(synced.database.options(), check -> checks.put(check.subject().replaceFirst("(?<!^table) .*", ""), check))) {
            return new Found(checks, checker.check(), checker.routeErrors());
        }
    }

    @Test
    void aWorkspaceThatHasEverythingIsOkInOneRequestOfEachEndpoint() throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            Found found = check(synced);
            assertThat(found.accepted()).isTrue();
            assertThat(found.not(Verdict.OK)).isEmpty();
            assertThat(found.checks()).hasSize(16 + 3).containsKeys("host", "key", "sink", "campaigns", "kpi_daily_new_users");
            List<LoggedRequest> requests = synced.simulator.log().requests();
            assertThat(requests).hasSize(16);
            assertThat(requests).filteredOn(request -> request.query().containsKey("length")).hasSize(8)
                    .allMatch(request -> request.query().get("length").equals("1"));
            try (var files = Files.list(directory)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void whatAWorkspaceHasNoneOfCannotBeTested() throws Exception {
        try (Synced synced = synced(World.builder().campaigns(0).canvases(1).segments(1).cards(0).events(1))) {
            Found found = check(synced);
            assertThat(found.not(Verdict.OK)).containsExactlyInAnyOrder("campaigns_details", "campaigns_analytics", "cards_analytics");
            assertThat(found.checks().get("campaigns_details"))
                    .isEqualTo(new Check("campaigns_details (campaigns.details)", Verdict.NOT_TESTABLE, "no campaign yet"));
        }
    }

    @ParameterizedTest
    @CsvSource({"/campaigns/details, campaigns_details, campaigns.details", "/kpi/new_users/data_series, kpi_daily_new_users, kpi.new_users.data_series"})
    void aPermissionThatLacksIsNamedAndTheOthersAreTestedAllTheSame(String path, String stream, String permission) throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            synced.simulator.fault(Fault.on(path).answer(Answer.status(403)));
            Found found = check(synced);
            assertThat(found.not(Verdict.OK)).containsExactly(stream);
            assertThat(found.verdict(stream)).isEqualTo(Verdict.DENIED);
            assertThat(found.checks().get(stream).detail()).contains(permission);
        }
    }

    @Test
    void aListThatIsDeniedIsWhatItsChildrenLack() throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            synced.simulator.fault(Fault.on("/campaigns/list").answer(Answer.status(403)));
            Found found = check(synced);
            assertThat(found.not(Verdict.OK)).containsExactlyInAnyOrder("campaigns", "campaigns_details", "campaigns_analytics");
            assertThat(found.checks().values()).filteredOn(check -> check.verdict() == Verdict.DENIED).hasSize(3)
                    .allMatch(check -> check.detail().contains("campaigns.list"));
            assertThat(synced.requests("/campaigns/list")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void theRetiredNewsFeedHindersNoSync(int status) throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            for (String path : List.of("/feed/list", "/feed/data_series")) {
                synced.simulator.fault(Fault.on(path).answer(Answer.status(status)));
            }
            Found found = check(synced);
            assertThat(found.checks().values()).allMatch(check -> check.verdict().good());
            assertThat(found.checks().get("cards").detail()).contains("retired");
        }
    }

    @Test
    void aKeyThatIsRefusedEndsTheCheck() throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            synced.database.key = "a-wrong-key";
            Found found = check(synced);
            assertThat(found.accepted()).isFalse();
            assertThat(found.verdict("key")).isEqualTo(Verdict.FAILED);
            assertThat(found.checks().get("key").detail()).contains("BRAZE_API_KEY").doesNotContain("a-wrong-key");
            assertThat(found.verdict("host")).isEqualTo(Verdict.OK);
            assertThat(found.verdict("sink")).isEqualTo(Verdict.OK);
            noStreamWasTested(found);
        }
    }

    @Test
    void aHostThatKnowsNoneOfTheAddressesIsNotBrazes() throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            for (String path : List.of("/campaigns/list", "/canvas/list", "/segments/list", "/events/list", "/feed/list", "/kpi/new_users/data_series",
                    "/kpi/dau/data_series", "/kpi/uninstalls/data_series")) {
                synced.simulator.fault(Fault.on(path).answer(Answer.status(404)));
            }
            Found found = check(synced);
            assertThat(found.accepted()).isFalse();
            assertThat(found.verdict("host")).isEqualTo(Verdict.FAILED);
            assertThat(found.verdict("campaigns_analytics")).isEqualTo(Verdict.FAILED);
            assertThat(found.checks()).doesNotContainKey("key");
        }
    }

    @Test
    void aHostThatDoesNotAnswerEndsTheCheck() throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            synced.simulator.close();
            Found found = check(synced);
            assertThat(found.accepted()).isFalse();
            assertThat(found.verdict("host")).isEqualTo(Verdict.FAILED);
            assertThat(found.verdict("sink")).isEqualTo(Verdict.OK);
            noStreamWasTested(found);
        }
    }

    private static void noStreamWasTested(Found found) {
        assertThat(found.checks().values()).filteredOn(check -> check.detail().equals("not asked")).hasSize(16)
                .allMatch(check -> check.verdict() == Verdict.NOT_TESTABLE);
    }

    @Test
    void theStreamsOfAParentWhoseDeclarationIsWrongWaitAndTheOthersAreTested() throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with().variant("campaigns", "campaigns", "records: campaigns", "only: x").files();
            Found found = check(synced);
            assertThat(found.accepted()).isTrue();
            assertThat(found.not(Verdict.OK)).isEmpty();
            assertThat(found.checks()).hasSize(16 - 3 + 3).containsKeys("segments_analytics").doesNotContainKeys("campaigns", "campaigns_details", "campaigns_analytics");
            assertThat(found.routeErrors()).hasSize(3).filteredOn(line -> line.contains("its parent 'campaigns' cannot be used")).hasSize(2);
        }
    }

    @Test
    void aLimitThatIsUsedUpFailsTheEndpointsUnderItAtOnce() throws Exception {
        try (Synced synced = ticking()) {
            synced.simulator.fault(Fault.on("/campaigns/list").answer(Answer.regularAfter(() -> { }).withoutLimitHeaders().header("x-ratelimit-remaining", "0")
                    .header("x-ratelimit-reset", String.valueOf(Instant.parse(NOW).plusSeconds(30).getEpochSecond()))));
            Found found = check(synced);
            assertThat(found.accepted()).isTrue();
            assertThat(found.not(Verdict.FAILED)).as("the first one, and those of other limits").containsExactlyInAnyOrder("host", "key", "campaigns",
                    "campaigns_analytics", "events", "sink");
            assertThat(found.checks().get("segments").detail()).matches("Braze's limit lets no request through for \\d+ s; check again then");
            assertThat(synced.requests("/segments/list")).isEmpty();
        }
    }

    @Test
    void aFirstRequestThatTheLimitRefusesEndsTheCheck() throws Exception {
        try (Synced synced = ticking()) {
            synced.simulator.fault(Fault.everywhere().times(1).answer(Answer.status(429).withoutLimitHeaders().header("retry-after", "30")));
            Found found = check(synced);
            assertThat(found.accepted()).isFalse();
            assertThat(found.checks().get("host").detail()).contains("Braze's limit lets no request through");
            assertThat(synced.simulator.log().requests()).hasSize(1);
        }
    }

    @Test
    void theWorkspaceOfAnotherHostIsToldBeforeASyncRefusesIt() throws Exception {
        try (Synced synced = synced(Synced.tiny())) {
            synced.sync("campaigns");
            assertThat(check(synced).verdict("sink")).isEqualTo(Verdict.OK);
            synced.database.endpoint = URI.create(synced.database.endpoint.toString().replace("127.0.0.1", "localhost"));
            assertThat(check(synced).verdict("sink")).isEqualTo(Verdict.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatKeepsAStreamOutIsToldAndNothingIsChanged(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.execute("create table campaigns (id varchar(50) primary key, mine int)");
            synced.database.execute("insert into campaigns values ('x', 42)");
            synced.database.execute("create table segments (id varchar(512) not null primary key, name int)");
            Found before = check(synced);
            assertThat(before.checks().values()).filteredOn(check -> check.verdict() == Verdict.FAILED).extracting(Check::subject)
                    .containsExactlyInAnyOrder("table campaigns", "table segments");
            assertThat(synced.database.query("select * from campaigns")).hasSize(1);
            synced.database.execute("drop table campaigns");
            synced.database.execute("drop table segments");
            synced.sync();
            assertThat(check(synced).not(Verdict.OK)).isEmpty();
            synced.database.modes.put("campaigns_analytics", SyncMode.INCREMENTAL_APPEND);
            assertThat(check(synced).checks().values()).filteredOn(check -> check.verdict() == Verdict.FAILED)
                    .singleElement().satisfies(check -> assertThat(check.detail()).contains("campaigns_analytics", "reset --drop"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrangersRowsAreNotAppendedToEvenIfTheirTableMayBeTakenOver(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.adopt = true;
            synced.database.modes.put("campaigns_analytics", SyncMode.INCREMENTAL_APPEND);
            synced.database.execute("create table campaigns_analytics (campaign_id varchar(512), " + synced.database.quoted("time") + " date)");
            synced.database.execute("insert into campaigns_analytics values ('" + synced.world.campaignIds().get(0) + "', date '2026-06-01')");
            assertThat(check(synced).not(Verdict.OK)).containsExactly("table campaigns_analytics");
            PassResult refused = synced.database.sync("campaigns_analytics").get("campaigns_analytics");
            assertThat(refused.result()).isEqualTo(Result.FAILED);
            assertThat(refused.error()).contains("is not ours", "incremental_append", "table-prefix").doesNotContain("\n");
            assertThat(synced.database.query("select * from campaigns_analytics")).hasSize(1);
            synced.database.modes.put("campaigns_analytics", SyncMode.INCREMENTAL_DEDUP);
            assertThat(check(synced).not(Verdict.OK)).isEmpty();
            synced.sync("campaigns_analytics");
            synced.hasEverything("campaigns_analytics");
        }
    }
}
