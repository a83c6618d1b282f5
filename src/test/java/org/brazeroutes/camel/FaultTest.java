package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which an answer may fail, on a list, a details and a series endpoint. */
class FaultTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String[] STREAMS = {"campaigns", "campaigns_details", "canvases", "canvases_analytics", "segments",
        "kpi_daily_active_users"};

    /** The faults that count as tries; those of the rate limit, of key and permission have tests of their own. */
    enum Kind {
        INTERNAL_ERROR("Braze answered 500"),
        BAD_GATEWAY_HTML("Braze answered 502"),
        UNAVAILABLE_EMPTY("Braze answered 503"),
        GATEWAY_TIMEOUT("Braze answered 504"),
        TRUNCATED("Premature end"),
        RESET_IN_MID_BODY("reset"),
        HANG("Read timed out"),
        SLOW_BODY("not complete after 1 s"),
        BROKEN_JSON("the body is not JSON"),
        NOT_JSON("the body is not JSON"),
        NO_OBJECT("not a JSON object"),
        OTHER_MESSAGE("message is not 'success'"),
        NO_MEMBER("missing"),
        MEMBER_OF_ANOTHER_TYPE("not a list"),
        RECORD_WITHOUT_KEY("no valid"),
        RECORD_WITH_A_KEY_OF_ANOTHER_TYPE("no valid");

        private final String says;

        Kind(String says) {
            this.says = says;
        }

        /** @param member the list that the endpoint's answer holds, or "" */
        Answer answer(String member) {
            return switch (this) {
                case INTERNAL_ERROR -> Answer.status(500);
                case BAD_GATEWAY_HTML -> Answer.badGatewayHtml();
                case UNAVAILABLE_EMPTY -> Answer.empty(503);
                case GATEWAY_TIMEOUT -> Answer.status(504);
                case TRUNCATED -> Answer.truncated();
                case RESET_IN_MID_BODY -> Answer.resetInMidBody();
                case HANG -> Answer.hang();
                case SLOW_BODY -> Answer.slowBody(Duration.ofMillis(300));
                case BROKEN_JSON -> Answer.brokenJson();
                case NOT_JSON -> Answer.notJson();
                case NO_OBJECT -> Answer.body("[1]");
                case OTHER_MESSAGE -> Answer.message("The server is tired");
                case NO_MEMBER -> Answer.withoutMember(member.isEmpty() ? "message" : member);
                case MEMBER_OF_ANOTHER_TYPE -> member.isEmpty() ? Answer.member("message", List.of("not a list"))
                        : member.equals("data") ? Answer.member("data", Map.of("stats", "none")) : Answer.member(member, "none");
                case RECORD_WITHOUT_KEY -> record(member, Map.of("name", "x"));
                case RECORD_WITH_A_KEY_OF_ANOTHER_TYPE -> record(member, Map.of("id", 7, "time", 7));
            };
        }

        /** A details answer has its key from the request: there the answer itself is spoilt. */
        private static Answer record(String member, Map<String, Object> record) {
            return member.isEmpty() ? Answer.message("no valid") : Answer.member(member,
                    member.equals("data") ? Map.of("stats", List.of(record)) : List.of(record));
        }

        /** A member of a details answer is its status word. */
        private String says(String member) {
            return member.isEmpty() && ordinal() >= NO_MEMBER.ordinal() ? "message is" : says;
        }
    }

    @TempDir
    Path directory;
    private final World world = World.builder().clock(Clock.fixed(NOW, ZoneOffset.UTC)).campaigns(5).canvases(3).segments(3).events(2)
            .cards(1).build();
    private final Simulator simulator = Simulator.start(world);
    private SyncFixture fixture;
    private StoredRows rows;

    @BeforeEach
    void fixture() {
        fixture = new SyncFixture(simulator, directory, NOW);
        fixture.startDate = Optional.of(LocalDate.parse("2026-05-20"));
        fixture.requestTimeout = Duration.ofSeconds(1);
        fixture.unnest = false;
        fixture.modes.put("campaigns_details", SyncMode.INCREMENTAL_DEDUP);
        rows = new StoredRows(fixture, world);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultThatPassesCostsTriesButNoRow(Kind kind) throws Exception {
        String campaign = world.campaignIds().get(1);
        String canvas = world.canvasIds().get(1);
        simulator.fault(Fault.on("/campaigns/list").times(2).answer(kind.answer("campaigns")));
        simulator.fault(Fault.on("/campaigns/details").where("campaign_id", campaign).times(2).answer(kind.answer("")));
        simulator.fault(Fault.on("/canvas/data_series").where("canvas_id", canvas).after(1).times(2).answer(kind.answer("data")));
        Map<String, PassResult> results = fixture.sync(STREAMS);
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        assertThat(results.values()).extracting(PassResult::error).containsOnlyNulls();
        assertThat(results.get("campaigns").retries()).isEqualTo(2);
        assertThat(results.get("campaigns_details").retries()).isEqualTo(2);
        assertThat(results.get("canvases_analytics").retries()).isEqualTo(2);
        rows.assertComplete(STREAMS);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultThatLastsFailsItsPartitionAndTheNextSyncHealsIt(Kind kind) throws Exception {
        String campaign = world.campaignIds().get(1);
        String canvas = world.canvasIds().get(1);
        simulator.fault(Fault.on("/campaigns/details").where("campaign_id", campaign).answer(kind.answer("")));
        simulator.fault(Fault.on("/canvas/data_series").where("canvas_id", canvas).after(1).answer(kind.answer("data")));
        Map<String, PassResult> results = fixture.sync(STREAMS);
        assertPartial(results.get("campaigns_details"), "GET /campaigns/details (campaign_id " + campaign, kind.says(""));
        assertPartial(results.get("canvases_analytics"), "GET /canvas/data_series (canvas_id " + canvas, kind.says("data"));
        rows.assertComplete("campaigns", "canvases", "segments", "kpi_daily_active_users");
        rows.assertComplete("campaigns_details", record -> !record.get("campaign_id").equals(campaign));
        rows.assertComplete("canvases_analytics", record -> !record.get("canvas_id").equals(canvas)
                || record.get("time").toString().compareTo("2026-06-03") < 0);
        for (String name : List.of("campaigns", "canvases", "segments", "kpi_daily_active_users")) {
            assertThat(results.get(name).result()).as(name).isEqualTo(Result.COMPLETE);
        }

        simulator.clearFaults();
        assertThat(fixture.sync(STREAMS).values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete(STREAMS);
    }

    @ParameterizedTest
    @EnumSource
    void aListThatCannotBeReadFailsWithItsChildrenAndKeepsItsRows(Kind kind) throws Exception {
        fixture.sync(STREAMS);
        List<Map<String, Object>> before = rows.stored("campaigns");
        world.rename(world.campaignIds().get(0), "Renamed");
        simulator.fault(Fault.on("/campaigns/list").answer(kind.answer("campaigns")));
        Map<String, PassResult> results = fixture.sync(STREAMS);
        assertThat(results.get("campaigns").result()).isEqualTo(Result.FAILED);
        assertThat(results.get("campaigns").error()).startsWith("campaigns: GET /campaigns/list (page 0)")
                .contains(kind.says("campaigns"), "3 tries").doesNotContain("\n");
        assertThat(results.get("campaigns_details").result()).isEqualTo(Result.FAILED);
        assertThat(results.get("campaigns_details").error()).contains("/campaigns/list");
        assertThat(rows.stored("campaigns")).containsExactlyInAnyOrderElementsOf(before);
        for (String name : List.of("canvases", "canvases_analytics", "segments", "kpi_daily_active_users")) {
            assertThat(results.get(name).result()).as(name).isEqualTo(Result.COMPLETE);
        }

        simulator.clearFaults();
        assertThat(fixture.sync(STREAMS).values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
        rows.assertComplete(STREAMS);
    }

    private static void assertPartial(PassResult result, String where, String what) {
        assertThat(result.result()).as(result.toString()).isEqualTo(Result.PARTIAL);
        assertThat(result.error()).startsWith(result.stream() + ": " + where).contains(what, "3 tries").doesNotContain("\n");
        assertThat(result.notes()).anyMatch(note -> note.startsWith("1 of "));
    }
}
