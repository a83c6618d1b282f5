package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a user's route that fails on what Braze sent: the line says what it was, but not what Braze sent. */
class RouteFailuresTest {

    private static final String NAME = "Crème & Söhne";
    private static final String RECORDS = "- setBody: { expression: { simple: { expression: \"${body.records}\" } } }";

    private static final String ASK = "- to: { uri: direct:braze }";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            setBody: { simple: '${body.recordz}' }                       | Method with name: recordz not found on
            setBody: { simple: '${body[0].title}' }                      | Method with name: title not found on
            setBody: { simple: '${body[0][name].title}' }                | Method with name: title not found on
            setBody: { simple: '${body[700]}' }                          | Index: 700, Size: 4 out of bounds
            setBody: { simple: { expression: '${body[0][name]}', resultType: java.lang.Integer } } | the required type: java.lang.Integer
            setBody: { method: { beanType: java.time.LocalDate, method: 'parse(${body[0][name]})' } } | Failed to invoke method: parse
            toD: { uri: '${body[0][name]}' }                             | Failed to resolve
            convertBodyTo: { type: java.lang.Integer }                   | No type converter available
            bean: { beanType: 'org.brazeroutes.camel.RouteFailuresTest$LacksAJar', method: map } | there is no class com.example.Mapper; put its jar into lib/
            """)
    void theLineHoldsNothingOfTheRecords(String step, String what) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.world.rename(synced.world.segmentIds().get(0), NAME);
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "campaigns")
                    .variant("segments", "segments", RECORDS, RECORDS + "\n              - " + step).files();
            PassResult result = synced.database.sync("segments").get("segments");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).startsWith("segments: ").contains(what).doesNotContain("\n")
                    .doesNotContain(synced.world.segmentIds()).doesNotContain("Crème", "Söhne", "analytics_tracking_enabled");
            synced.database.routes = RouteFiles.find(Optional.empty(), false);
            synced.sync("segments");
            synced.hasEverything("segments");
        }
    }

    /** A bean of the user's beside which a jar is missing. */
    public static final class LacksAJar {
        public Object map(Object body) {
            throw new NoClassDefFoundError("com/example/Mapper");
        }
    }

    @Test
    void aListThatTheRouteDoesNotReadEmptiesNoTable() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync("segments", "segments_details");
            String begin = "- to: { uri: direct:pages }";
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments_details")
                    .variant("segments", "segments", begin, begin + "\n        - stop: {}").files();
            Map<String, PassResult> results = synced.database.sync("segments", "segments_details");
            assertThat(results.get("segments_details").result()).as("it reads the list itself").isEqualTo(Result.COMPLETE);
            assertThat(results.get("segments").result()).isEqualTo(Result.FAILED);
            assertThat(results.get("segments").error()).contains("did not read the list");
            synced.hasEverything("segments", "segments_details");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFailureThatOnlyALogHearsLeavesWhatWasStored(int page) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", Synced.small().campaigns(150), Synced.filled())) {
            synced.sync("campaigns");
            synced.database.routes = logged();
            synced.simulator.fault(Fault.on("/campaigns/list").where("page", String.valueOf(page)).answer(Answer.status(500)));
            PassResult result = synced.database.sync("campaigns").get("campaigns");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("direct:failed");
            synced.hasEverything("campaigns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments_details", "segments_analytics"})
    void aPartitionWhoseFailureOnlyALogHearsIsNotComplete(String stream) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.modes.put(stream, SyncMode.FULL_REFRESH_OVERWRITE);
            synced.sync("segments", stream);
            synced.database.routes = logged();
            String failing = synced.database.streams.get(stream).path();
            synced.simulator.fault(Fault.on(failing).where("segment_id", synced.world.segmentIds().get(0)).answer(Answer.status(500)));
            PassResult result = synced.database.sync("segments", stream).get(stream);
            assertThat(result.result()).isEqualTo(Result.PARTIAL);
            synced.hasEverything(stream);
        }
    }

    @Test
    void partitionsThatTheRouteLeavesOutAreNoted() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            String loop = "              - loop:";
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments")
                    .variant("segments_details", "segments_details", loop, "              - filter: { simple: '${exchangeProperty.CamelSplitIndex} != 0',"
                            + " steps: [ { stop: {} } ] }\n" + loop).files();
            PassResult result = synced.sync("segments", "segments_details").get("segments_details");
            assertThat(result.rows()).isEqualTo(1);
            assertThat(result.notes()).contains(synced.world.segmentIds().size() - 1 + " of " + synced.world.segmentIds().size()
                    + " partitions were left out by the route");
        }
    }

    @Test
    void partitionsThatTheRouteLeavesOutAreNotedThoughTheLastOneRests() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T08:00:00Z", World.builder().empty().campaigns(7), Synced.filled())) {
            String[] streams = {"campaigns", "campaigns_details", "campaigns_analytics"};
            synced.world.archive(synced.world.campaignIds().get(6));
            synced.sync(streams);
            String loop = "              - loop:";
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "campaigns", "campaigns_details")
                    .variant("campaigns_analytics", "campaigns_analytics", loop, "              - filter: { simple: '${exchangeProperty.CamelSplitIndex} == 0',"
                            + " steps: [ { stop: {} } ] }\n" + loop).files();
            synced.simulator.log().clear();
            assertThat(synced.sync(streams).get("campaigns_analytics").notes()).contains("1 of 7 partitions were left out by the route");
            assertThat(synced.requests("/campaigns/data_series")).extracting(request -> request.query().get("campaign_id")).hasSize(5)
                    .doesNotContain(synced.world.campaignIds().get(6));
        }
    }

    @Test
    void aRouteThatReadsNoPartitionLeavesWhatWasStored() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync("segments", "segments_details");
            String loop = "              - loop:";
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments")
                    .variant("segments_details", "segments_details", loop, "              - stop: {}\n" + loop).files();
            PassResult result = synced.database.sync("segments", "segments_details").get("segments_details");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("read only 0 of " + synced.world.segmentIds().size() + " partitions");
            synced.hasEverything("segments", "segments_details");
        }
    }

    @Test
    void redeliveriesEndAsTheRouteSaysAndItsHeadersStay() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.routes = new RouteFolder(directory.resolve("routes")).write("errors.yaml", RouteFolder.changed("errors", "errors",
                    "          steps:", "          redeliveryPolicy: { maximumRedeliveries: \"2\", redeliveryDelay: \"10\" }\n          steps:"))
                    .variant("segments", "segments", "- to: { uri: direct:braze }", "- setHeader: { name: mine, constant: kept }\n"
                            + "              - to: { uri: direct:braze }\n              - setProperty: { name: seen, simple: '${header.mine}' }\n"
                            + "              - filter: { simple: \"${exchangeProperty.seen} != 'kept'\","
                            + " steps: [ { throwException: { exceptionType: java.lang.IllegalStateException, message: lost } } ] }")
                    .files();
            synced.sync("segments");
            assertThat(synced.requests("/segments/list")).hasSize(1).noneMatch(request -> request.query().containsKey("mine"));
            synced.simulator.log().clear();
            synced.simulator.fault(Fault.on("/segments/list").answer(Answer.status(403)));
            assertThat(synced.database.sync("segments").get("segments").result()).isEqualTo(Result.FAILED);
            assertThat(synced.requests("/segments/list")).hasSize(3);
        }
    }

    @Test
    void aRouteThatBeginsNoPassIsNotComplete() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments")
                    .variant("segments_analytics", "segments_analytics", "- to: { uri: direct:partitions }", "- setBody: { constant: '' }").files();
            PassResult result = synced.database.sync("segments", "segments_analytics").get("segments_analytics");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("has not reached direct:pages or direct:partitions");
        }
    }

    /** As a call to enrich each record that fails for one. */
    @Test
    void anAnswerOfWhichARecordFailedInAStepOfItsOwnIsNotStored() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments")
                    .variant("segments_analytics", "segments_analytics", RECORDS, RECORDS + "\n                    - split: { expression: { simple: '${body}' },"
                            + " steps: [ { filter: { simple: \"${body[time]} == '2026-06-05'\", steps: [ { throwException:"
                            + " { exceptionType: java.lang.IllegalStateException, message: no answer } } ] } } ] }").files();
            PassResult result = synced.database.sync("segments", "segments_analytics").get("segments_analytics");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("segment_id ", ": no answer");
            assertThat(result.notes()).anyMatch(note -> note.matches("(\\d+) of \\1 partitions failed"));
            assertThat(synced.database.count("segments_analytics")).isZero();
            synced.database.routes = RouteFiles.find(Optional.empty(), false);
            synced.sync("segments", "segments_analytics");
            synced.hasEverything("segments", "segments_analytics");
        }
    }

    @Test
    void aRouteThatGoesOnAfterTableFailedPassesNoDay() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.startsOn("2026-06-09");
            synced.sync("segments", "segments_analytics");
            synced.database.execute("alter table segments_analytics add constraint mine check (time <> date '2026-03-05')");
            String route = RouteFolder.changed("segments_analytics", "segments_analytics", "maxDays: 100", "maxDays: 7");
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments").write("segments_analytics.yaml",
                    RouteFolder.nested(route, "- doTry:\n                        steps:\n                          ") + "\n                        doCatch:\n"
                            + "                          - exception: [ java.lang.Exception ]\n                            steps:\n"
                            + "                              - setBody: { simple: '${exchangeProperty.BrazePartition}' }\n").files();
            synced.startsOn("2026-02-01");
            PassResult result = synced.database.sync("segments", "segments_analytics").get("segments_analytics");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("without having stored what Braze answered");
            synced.database.execute("alter table segments_analytics drop constraint mine");
            synced.sync("segments", "segments_analytics");
            synced.hasEverything("segments", "segments_analytics");
        }
    }

    @Test
    void aPageThatNeverReachesItsTableEmptiesNone() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync("segments");
            String route = RouteFolder.changed("segments", "segments");
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors").write("segments.yaml",
                    RouteFolder.nested(route, "- filter:\n                  simple: '${body.size} == 0'\n                  steps:\n                    ")
                            + "\n              - setBody: { simple: '${exchangeProperty.BrazePartition}' }\n").files();
            PassResult result = synced.database.sync("segments").get("segments");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("without having stored what Braze answered");
            synced.hasEverything("segments");
        }
    }

    /** Without an end to what is skipped, as of an idempotentConsumer, it would go round for ever. */
    @Test
    void aLoopThatSkipsItsRequestEnds() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            String route = RouteFolder.nested(RouteFolder.changed("segments", "segments"), ASK,
                    "- filter:\n                  simple: '${exchangeProperty.CamelLoopIndex} > 1000'\n                  steps:\n                    ");
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors").write("segments.yaml", route).files();
            PassResult result = synced.database.sync("segments").get("segments");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("goes round without asking Braze");
            assertThat(synced.requests("/segments/list")).isEmpty();
        }
    }

    @Test
    void aRefusalThatTheRouteSwallowsIsNotAskedForAgain() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            String route = RouteFolder.nested(RouteFolder.changed("segments", "segments"), ASK, "- doTry:\n                  steps:\n                    ")
                    + "\n                  doCatch:\n                    - exception: [ java.lang.Exception ]\n                      steps:\n"
                    + "                        - setBody: { simple: '${exchangeProperty.BrazePartition}' }\n";
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors").write("segments.yaml", route).files();
            synced.simulator.fault(Fault.on("/segments/list").times(20).answer(Answer.status(400)));
            PassResult result = synced.database.sync("segments").get("segments");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("goes on though Braze has refused");
            assertThat(synced.requests("/segments/list")).hasSize(1);
        }
    }

    @Test
    void daysWithoutRowsThatNeverReachTheirTableAreNotAskedForAgain() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", World.builder().empty().segments(1), Synced.filled())) {
            String route = RouteFolder.changed("segments_analytics", "segments_analytics");
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments").write("segments_analytics.yaml",
                    RouteFolder.nested(route, "- filter:\n                        simple: '${body.size} > 0'\n                        steps:\n                          ")
                            + "\n                    - setBody: { simple: '${exchangeProperty.BrazePartition}' }\n").files();
            synced.simulator.fault(Fault.on("/segments/data_series").times(20).answer(Answer.emptyLists()));
            PassResult result = synced.database.sync("segments", "segments_analytics").get("segments_analytics");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("without having stored what Braze answered");
            assertThat(synced.requests("/segments/data_series")).hasSize(1);
        }
    }

    @Test
    void detailsThatTheRouteStopsBeforeTheTableStay() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync("segments", "segments_details");
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments")
                    .variant("segments_details", "segments_details", ASK, ASK + "\n                    - stop: {}").files();
            PassResult result = synced.database.sync("segments", "segments_details").get("segments_details");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("was left by the route before its end");
            synced.hasEverything("segments", "segments_details");
        }
    }

    @Test
    void aBodyThatIsNoPartitionAtTheLoopsEndIsToldInOurWords() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            String route = RouteFolder.changed("segments", "segments").stripTrailing();
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors")
                    .write("segments.yaml", route + "\n              - setBody: { constant: other }\n").files();
            assertThat(synced.database.sync("segments").get("segments").error()).contains("the loop's end needs the body that 'table:' leaves");
        }
    }

    @Test
    void aStepThatTakesTheBodyBeforeBrazeIsAskedIsTold() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors")
                    .variant("segments", "segments", ASK, "- setBody: { constant: other }\n              " + ASK).files();
            assertThat(synced.database.sync("segments").get("segments").error()).contains("the steps before it must leave the body as it is");
        }
    }

    @Test
    void aPassEndsThoughItsRouteForgetsWhatItWasGiven() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            String begin = "- to: { uri: direct:pages }";
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors")
                    .variant("segments", "segments", begin, "- removeProperties: { pattern: \"*\" }\n        " + begin).files();
            assertThat(synced.database.sync("segments").get("segments").result()).isEqualTo(Result.FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JDBC | ${body[0].remove('segment_id')}                 | has no segment_id
            JDBC | ${body[0].remove('time')}                       | has no time
            JDBC | ${body[0].put('time', 'yesterday')}             | time of a record is no text such as 2026-01-31
            FILE | ${body[0].remove('segment_id')}                 | has no segment_id
            FILE | ${body[0].put('time', ${body})}                 | time of a record is no text such as 2026-01-31
            LOG  | ${body[0].remove('segment_id')}                 | has no segment_id
            """)
    void daysWhoseKeyAStepHasSpoiltComeOnceItIsMended(String target, String step, String what) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            SinkOptions jdbc = synced.database.sink;
            if (target.equals("FILE")) {
                synced.database.sink = new SinkOptions.Files(new FileOptions(directory.resolve("files"), FileOptions.Format.JSONL, false, 1 << 20,
                        Duration.ofMinutes(5)));
            } else if (target.equals("LOG")) {
                synced.database.sink = new SinkOptions.Endpoint("log:braze", "log:braze");
            }
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "segments").variant("segments_analytics",
                    "segments_analytics", RECORDS, RECORDS + "\n                    - script: { simple: \"" + step + "\" }").files();
            PassResult result = synced.database.sync("segments", "segments_analytics").get("segments_analytics");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains(what).doesNotContain("\n");
            assertThat(result.rows()).isZero();
            assertThat(result.cursorMax()).isNull();
            synced.database.routes = RouteFiles.find(Optional.empty(), false);
            synced.sync("segments", "segments_analytics");
            if (synced.database.sink == jdbc) {
                synced.hasEverything("segments_analytics");
            }
        }
    }

    /** Our routes with an errors.yaml whose author forgot direct:failed. */
    private RouteFiles logged() throws IOException {
        return new RouteFolder(directory.resolve("routes")).with().write("errors.yaml", RouteFolder.changed("errors", "errors", "direct:failed",
                "log:failed")).files();
    }
}
