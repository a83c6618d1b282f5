package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTargetTest {

    private static final LocalDate START = LocalDate.parse("2026-06-01");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TempDir
    Path directory;
    private final HandClock clock = new HandClock("2026-06-20T10:00:00Z");
    private final World world = World.builder().clock(clock).campaigns(3).canvases(1).segments(2).events(14).cards(0).build();
    private Simulator simulator;
    private SyncFixture fixture;
    private Path out;

    @BeforeEach
    void start() {
        simulator = Simulator.start(world);
        fixture = new SyncFixture(simulator, directory, clock);
        fixture.startDate = Optional.of(START);
        out = directory.resolve("out");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void target(String uri) {
        fixture.sink = new SinkOptions.Endpoint(uri, uri.replaceAll("://.*@", "://…@"));
    }

    @Test
    void aFileEndpointGetsEveryRecordWithItsHeaders() throws Exception {
        target("file:" + out + "?fileName=${header.BrazeStream}.jsonl&fileExist=Append&appendChars=\\n");
        assertComplete("campaigns", "events", "campaigns_analytics");
        for (String name : List.of("campaigns", "events")) {
            assertThat(received(out.resolve(name + ".jsonl"))).containsExactlyInAnyOrderElementsOf(world.records(name, START, START));
        }
        assertThat(received(out.resolve("campaigns_analytics.jsonl")))
                .containsExactlyInAnyOrderElementsOf(world.records("campaigns_analytics", START, clock.today().minusDays(1)));
    }

    @Test
    void anHttpEndpointGetsEveryRecordAlsoWhereItsUriHasAQuery() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/in", request -> {
            if (request.getRequestMethod().equals("POST") && request.getRequestURI().getQuery().equals("tenant=acme")) {
                bodies.add(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            request.sendResponseHeaders(204, -1);
            request.close();
        });
        server.start();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/in?tenant=acme";
            target(uri);
            assertComplete("campaigns");
            Files.write(out, bodies);
            assertThat(received(out)).containsExactlyInAnyOrderElementsOf(world.records("campaigns", START, START));
            target(uri + "&httpMethod=GET");
            assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class).hasMessageContaining("GET sends no record");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{{b", "{{braze.time-zone}}", "a{{?nothing}}", "{{nothing:else}}", "RAW({{b}}&%2b)", "a}}b{{", "\\{{c\\}}"})
    void aUriIsTakenAsItIs(String given) throws Exception {
        target("file:" + out + "{{x}}?fileName=campaigns&fileExist=Append&appendChars=" + given);
        assertComplete("campaigns");
        assertThat(Path.of(out + "{{x}}", "campaigns")).content().startsWith("{\"").endsWith("}" + given.replaceFirst("^RAW\\((.*)\\)$", "$1"));
    }

    @Test
    void placeholdersOfRoutesAreFilledBesideAUriThatIsTakenAsItIs() throws Exception {
        fixture.routes = withRoute("keys", "file:" + out + "?fileName=zone&fileExist=Append&appendChars=\\n", "{{braze.zone}}");
        fixture.placeholders.put("braze.zone", "UTC");
        target("direct:keys?block={{x");
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class).hasMessageContaining("{{x").hasMessageNotContaining("\n");
        target("direct:keys");
        assertComplete("campaigns");
        assertThat(Files.readAllLines(out.resolve("zone"))).containsExactly("UTC", "UTC", "UTC");
    }

    @Test
    void theNextPassSendsListsAgainAndOfTheDaysOnlyTheChanged() throws Exception {
        target("file:" + out + "?fileName=${header.BrazeStream}-${header.BrazeSyncId}.jsonl&fileExist=Append&appendChars=\\n");
        assertComplete("campaigns", "campaigns_analytics");
        world.correct("campaigns_analytics", world.campaignIds().get(1), LocalDate.parse("2026-06-10"), "conversions", 4711);
        clock.pass(Duration.ofMinutes(1));
        assertComplete("campaigns", "campaigns_analytics");
        long syncId = clock.instant().toEpochMilli();
        assertThat(received(out.resolve("campaigns-" + syncId + ".jsonl"))).hasSize(3);
        assertThat(received(out.resolve("campaigns_analytics-" + syncId + ".jsonl"))).singleElement()
                .satisfies(record -> assertThat(record).containsEntry("conversions", 4711).containsEntry("campaign_id", world.campaignIds().get(1)));
    }

    @Test
    void anotherEndpointGetsTheWholeHistoryAndOtherOptionsOfTheSameOneDoNot() throws Exception {
        String options = "?fileName=days.jsonl&fileExist=Append&appendChars=\\n";
        target("file:" + out + options);
        assertComplete("campaigns_analytics");
        List<Map<String, Object>> days = received(out.resolve("days.jsonl"));
        clock.pass(Duration.ofMinutes(1));
        target("file:" + out + options + "&charset=UTF-8");
        assertComplete("campaigns_analytics");
        assertThat(received(out.resolve("days.jsonl"))).isEqualTo(days);
        clock.pass(Duration.ofMinutes(1));
        target("file:" + out + "2" + options);
        assertComplete("campaigns_analytics");
        assertThat(received(Path.of(out + "2", "days.jsonl"))).containsExactlyInAnyOrderElementsOf(days);
    }

    @Test
    void theKeyHeaderTellsRecordsApart() throws Exception {
        target("file:" + out + "?fileName=keys&fileExist=Append");
        fixture.routes = withRoute("keys", "file:" + out + "?fileName=keys&fileExist=Append&appendChars=\\n",
                "${header.BrazeStream} ${header.BrazeKey}");
        target("direct:keys");
        assertComplete("campaigns", "campaigns_analytics");
        assertThat(Files.readAllLines(out.resolve("keys"))).hasSize(3 + 3 * 19)
                .contains("campaigns " + world.campaignIds().get(0), "campaigns_analytics [\"" + world.campaignIds().get(0) + "\",\"2026-06-10\"]")
                .doesNotHaveDuplicates();
    }

    @Test
    void aLogEndpointTakesEverything() throws Exception {
        target("log:braze?level=DEBUG");
        assertThat(fixture.sync("campaigns", "campaigns_analytics").values())
                .allSatisfy(result -> assertThat(result.rows()).isEqualTo(result.stream().equals("campaigns") ? 3 : 3 * 19));
    }

    @Test
    void aQueueThatRefusesNowAndThenGetsEveryRecordInTheEnd() throws Exception {
        fixture.routes = withRoute("queue", "file:" + out + "?fileName=${header.BrazeStream}.jsonl&fileExist=Append&appendChars=\\n", "${body}");
        fixture.retries = 50;
        target("seda:queue?size=2&concurrentConsumers=1");
        assertComplete("campaigns", "campaigns_analytics");
        assertThat(received(out.resolve("campaigns_analytics.jsonl")).stream().distinct())
                .containsExactlyInAnyOrderElementsOf(world.records("campaigns_analytics", START, clock.today().minusDays(1)));
    }

    @Test
    void anEndpointThatRefusesFailsThePartitionAndItsDaysAreSentLater() throws Exception {
        // room for two of the three partitions, whichever of them come first
        fixture.routes = withRoute("keys", "seda:nobody?size=39&failIfNoConsumers=false", "${body}");
        target("direct:keys");
        fixture.concurrency = 1;
        fixture.retries = 1;
        PassResult result = fixture.sync("campaigns_analytics").get("campaigns_analytics");
        assertThat(result.result()).isEqualTo(Result.PARTIAL);
        assertThat(result.error()).contains("campaigns_analytics: campaign_id ", ": the sink direct:keys", "refused a record 2 times: Queue full", "Run again");
        assertThat(result.rows()).isIn(19L, 2 * 19L);
        fixture.routes = withRoute("keys", "file:" + out + "?fileName=later&fileExist=Append&appendChars=\\n", "${body}");
        assertComplete("campaigns_analytics");
        assertThat(received(out.resolve("later"))).as("the partitions that were refused").hasSize(3 * 19 - (int) result.rows());
    }

    @Test
    void aListThatTheEndpointRefusesDoesNotTakeItsChildrenAlong() throws Exception {
        fixture.routes = withSteps("direct:keys", "filter: { simple: \"${header.BrazeStream} == 'campaigns'\", steps: [ { throwException:"
                + " { exceptionType: java.lang.IllegalStateException, message: no campaigns } } ] }");
        fixture.retries = 1;
        target("direct:keys");
        Map<String, PassResult> results = fixture.sync("campaigns", "campaigns_details", "campaigns_analytics");
        assertThat(results.get("campaigns").result()).isEqualTo(Result.FAILED);
        assertThat(results.get("campaigns_details").rows()).isEqualTo(3);
        assertThat(results.get("campaigns_analytics").rows()).isEqualTo(3 * 19);
    }

    @Test
    void whatARouteTriesAgainIsSentAndNotTakenForSent() throws Exception {
        Path routes = new RouteFolder(directory.resolve("routes")).write("errors.yaml", RouteFolder.changed("errors", "errors", "          steps:",
                "          redeliveryPolicy: { maximumRedeliveries: \"25\", redeliveryDelay: \"1\" }\n"
                        + "          onWhen: { simple: '${exchangeProperty.BrazePass} != null' }\n          steps:")).write("taker.yaml", """
                - route:
                    id: taker
                    from:
                      uri: direct:keys
                      steps:
                        - doTry:
                            steps:
                              - to: { uri: "file:%1$s/marks?fileName=${header.BrazeKey}&fileExist=Fail" }
                              - throwException: { exceptionType: java.lang.IllegalStateException, message: not the first time }
                            doCatch:
                              - exception: [ org.apache.camel.component.file.GenericFileOperationFailedException ]
                                steps:
                                  - to: { uri: "file:%1$s?fileName=${header.BrazeStream}.jsonl&fileExist=Append&appendChars=\\\\n" }
                """.formatted(out)).path;
        fixture.routes = RouteFiles.find(Optional.of(routes), true);
        fixture.retries = 0;
        target("direct:keys");
        assertComplete("campaigns", "campaigns_analytics");
        assertThat(received(out.resolve("campaigns.jsonl"))).containsExactlyInAnyOrderElementsOf(world.records("campaigns", START, START));
        assertThat(received(out.resolve("campaigns_analytics.jsonl")).stream().distinct())
                .containsExactlyInAnyOrderElementsOf(world.records("campaigns_analytics", START, clock.today().minusDays(1)));
    }

    @Test
    void aComponentThatIsMissingIsNamedWithTheWayToAddIt() {
        target("kafka:braze");
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class)
                .hasMessage("sink is kafka:braze, but no component 'kafka' is on the classpath; put camel-kafka and the jars it needs into lib/,"
                        + " or mend the URI");
    }

    @Test
    void aWrongOptionOfTheEndpointStopsTheStartInALine() {
        target("log:braze?levle=DEBUG");
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class)
                .hasMessageContainingAll("sink is log:braze?levle=DEBUG", "levle").hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:nowhere", "seda:nowhere?size=5"})
    void aRouteThatIsNotThereStopsTheStartInALine(String uri) {
        target(uri);
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class)
                .hasMessageContainingAll("sink is " + uri, "no route begins there").hasMessageNotContaining("\n");
        assertThat(simulator.log().requests()).isEmpty();
    }

    @Test
    void aRouteFileThatIsWrongIsNamedWhereTheSinkNeedsIt() throws Exception {
        fixture.routes = withSteps("direct:keys", "logg: { message: x }");
        target("direct:keys");
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class).hasMessageContainingAll("sink is direct:keys",
                "no route begins there", "taker.yaml:6", "logg").hasMessageNotContaining("\n");
    }

    @Test
    void aRouteThatCannotBeMadeIsNamedWhereTheSinkNeedsIt() throws Exception {
        fixture.routes = withSteps("direct:keys", "bean: { ref: mapper, method: x }");
        target("direct:keys");
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class).hasMessageContainingAll("sink is direct:keys",
                "the route that begins there does not run", "taker.yaml:6: there is no bean 'mapper'").hasMessageNotContaining("\n");
        assertThat(simulator.log().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:keys", "seda:keys"})
    void aRouteThatIsSwitchedOffStopsTheStart(String uri) throws Exception {
        fixture.routes = withSteps(uri, "log: { message: x }\n    autoStartup: false");
        target(uri);
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class)
                .hasMessage("sink is " + uri + ", but the route that begins there does not run");
        assertThat(simulator.log().requests()).isEmpty();
    }

    @Test
    void aQueueWithSeveralTakersIsRefused() throws Exception {
        fixture.routes = withSteps("seda:keys?multipleConsumers=true", "log: { message: x }");
        target("seda:keys?multipleConsumers=true");
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class)
                .hasMessageContainingAll("sink is seda:keys?multipleConsumers=true", "where several routes begin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timer:x", "quartz:x?cron=0 0 6 * * ?"})
    void anEndpointThatOnlyBeginsRoutesIsRefused(String uri) {
        target(uri);
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class)
                .hasMessage("sink is " + uri + ", to which nothing can be sent; choose another endpoint");
    }

    @Test
    void modesThatChangeRowsAreRefused() {
        target("log:braze");
        fixture.modes.put("campaigns", SyncMode.FULL_REFRESH_OVERWRITE);
        assertThatThrownBy(() -> fixture.sync("campaigns")).isInstanceOf(StartException.class)
                .hasMessageContainingAll("full_refresh_append", "cannot be changed or taken back");
    }

    /** The packaged routes and one more, which takes what the sink sends. */
    private RouteFiles withRoute(String from, String to, String body) throws Exception {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.writeString(routes.resolve("taker.yaml"), """
                - route:
                    id: taker
                    from:
                      uri: %s
                      steps:
                        - setBody: { expression: { simple: { expression: "%s" } } }
                        - to: { uri: "%s" }
                """.formatted(from.equals("keys") ? "direct:keys" : "seda:queue?size=2", body, to.replace("\\", "\\\\")));
        return RouteFiles.find(Optional.of(routes), true);
    }

    /** The packaged routes and one that begins there; the step stands in its line 6. */
    private RouteFiles withSteps(String from, String step) throws Exception {
        Path routes = new RouteFolder(directory.resolve("routes")).write("taker.yaml", "- route:\n    id: taker\n    from:\n      uri: " + from
                + "\n      steps:\n        - " + step + "\n").path;
        return RouteFiles.find(Optional.of(routes), true);
    }

    private void assertComplete(String... streams) throws Exception {
        assertThat(fixture.sync(streams).values()).allSatisfy(result ->
                assertThat(result.result()).as(result.toString()).isEqualTo(Result.COMPLETE));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> received(Path file) throws Exception {
        List<Map<String, Object>> records = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : lines.toList()) {
                Map<String, Object> record = JSON.readValue(line, Map.class);
                assertThat(record).containsKeys("_synced_at", "_sync_id");
                record.keySet().removeAll(List.of("_synced_at", "_sync_id"));
                records.add(record);
            }
        }
        return records;
    }
}
