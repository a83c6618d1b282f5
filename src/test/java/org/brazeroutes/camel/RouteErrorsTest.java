package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.routes.Catalogue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route file with an error is one line with file, line and what to do; the other streams run. */
class RouteErrorsTest {

    private static final String ASK = "- to: { uri: direct:braze }";
    private static final String RECORDS = "- setBody: { expression: { simple: { expression: \"${body.records}\" } } }";

    @TempDir
    Path directory;
    private final Map<String, String> placeholders = new HashMap<>();
    private RouteFolder folder;
    private FixtureServer server;
    private Map<String, PassResult> results;

    @BeforeEach
    void start() throws Exception {
        folder = new RouteFolder(directory.resolve("routes")).with("errors", "campaigns", "segments", "segments_details");
        server = new FixtureServer(StreamContractTest.FIXTURES, Engine.catalogue(ContractFixture.options()).streams().values());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The line is found by a text in it, since it is what an editor would jump to. */
    @ParameterizedTest(name = "{0} instead of {1}")
    @CsvSource(delimiter = '|', textBlock = """
            - setBody:              | - setBodi:                        | setBodi:          | there is no step 'setBodi' in Camel; check the spelling
            uri: direct:pages       | uri: direct:pagess                | direct:pagess     | no route begins with 'direct:pagess'; there are direct:braze, direct:failed, direct:listing, direct:pages, direct:partitions
            uri: direct:pages       | uri: kafkaa:pages                 | kafkaa:           | there is no component 'kafkaa'; check the spelling, or put its jars into lib/
            to: { uri: direct:pages } | bean: { ref: mapper, method: x } | ref: mapper      | there is no bean 'mapper'; check the name
            ${body.records}         | ${body.records                    | body.records      | the expression ${body.records is wrong: expected symbol functionEnd but was eol
            ${body.records}         | ${bodyy.records}                  | bodyy             | the expression ${bodyy.records} is wrong: Valid syntax: ${body.OGNL} was: bodyy.records
            name string             | name text                         | name text         | columns: 'name text' has no such type; there are string, integer, number, boolean, date, date-time, object, array
            primaryKey: id          | primaryKey: uuid                  | primaryKey: uuid  | 'uuid' is not among the columns
            pageSize: 100           | pageSize: a hundred               | a hundred         | pageSize is 'a hundred', not a whole number
            permission: segments.list | permission: ''                  | table:zz          | permission is missing
            path: /segments/list    | path: '{{braze.path}}'            | {{braze.path      | there is no setting 'braze.path'; check the placeholder {{braze.path}}
            period:                 | perriod:                          | perriod:          | timer has no parameter 'perriod'; check the spelling
            table:zz                | log:zz                            | direct:pages      | a route with direct:pages needs the step that stores its records, table:<stream>
            id: zz                  | id: pages                         | id: pages         | the route id 'pages' is that of a shared step; choose another
            uri: direct:pages       | uri: direct:pages }\\n        - wireTap: { uri: direct:tap | direct:tap   | no route begins with 'direct:tap'; there are direct:braze, direct:failed, direct:listing, direct:pages, direct:partitions
            uri: direct:pages       | uri: direct:pages }\\n        - toD: { uri: direct:tap | direct:tap       | no route begins with 'direct:tap'; there are direct:braze, direct:failed, direct:listing, direct:pages, direct:partitions
            to: { uri: direct:pages } | threads: { executorService: nope }   | id: zz            | ExecutorServiceRef nope not found in registry (as an ExecutorService instance) or as a thread pool profile
            to: { uri: direct:pages } | setBody: { groovy: "1" }         | groovy:           | there is no language 'groovy'; check the spelling, or put the jars of camel-groovy into lib/
            to: { uri: direct:pages } | bean: { beanType: com.example.Nope } | com.example.Nope | there is no class com.example.Nope; check the name, or put its jar into lib/
            primaryKey: id          | primaryKey: [id, name]            | primaryKey: [     | a list or a map stands where text belongs; write its values on one line, with commas between them
            period: "{{stream.zz.period}}" | period: {{stream.zz.period}}   | {{stream.zz       | a placeholder must stand in quotes: "{{…}}"
            records: segments       | query: { unit: day }              | table:zz          | query: '{unit=day}' is not 'name=value'
            uri: direct:pages       | uri: direct:partitions            | direct:partitions | 'direct:partitions' does not begin what 'zz' declares; direct:pages does
            primaryKey: id          | primaryKey: id, id                | table:zz          | primaryKey names a column twice
            to: { uri: direct:pages } | to: {}                         | to: {}            | the step to has no uri, which says where it leads
            to: { uri: direct:pages } | toD: {}                        | toD: {}           | the step toD has no uri, which says where it leads
            - to: { uri: direct:braze } | - log: { message: asked }    | body.records      | '${body.records}' needs what Braze has answered; direct:braze must stand before it, in the loop
            records: segments       | bucket: hourly                    | bucket: hourly    | there is no bucket 'hourly'; there are campaign-series, default, names
            """)
    void aMistakeIsReportedWithItsLineAndTheOthersRun(String right, String wrong, String inLine, String what) throws Exception {
        folder.variant("segments", "zz", right, wrong.replace("\\n", "\n"));
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml:" + folder.line("zz.yaml", inLine) + ": " + what
                + ". Mend the file; the other streams run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:pages", "direct:braze"})
    void aStoringStepThatStandsBeforeTheRequestIsReported(String behind) throws Exception {
        String route = RouteFolder.changed("segments", "zz", "              " + ASK + "\n              " + RECORDS + "\n", "");
        if (behind.equals("direct:braze")) {
            route = route.stripTrailing() + "\n              " + ASK + "\n";
        }
        folder.write("zz.yaml", route);
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml:" + folder.line("zz.yaml", "table:zz")
                + ": 'table:' needs what Braze has answered; direct:braze must stand before it, in the loop. Mend the file; the other streams run");
    }

    @Test
    void recordsThatAreTakenBeforeTheRequestAreReported() throws Exception {
        folder.variant("segments", "zz", ASK + "\n              " + RECORDS, RECORDS + "\n              " + ASK);
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml:" + folder.line("zz.yaml", "body.records")
                + ": '${body.records}' needs what Braze has answered; direct:braze must stand before it, in the loop. Mend the file; the other streams run");
    }

    @Test
    void aRouteOfTheUsersMayAskBraze() throws Exception {
        folder.variant("segments", "segments", ASK, "- to: { uri: direct:ask }")
                .write("ask.yaml", "- route:\n    id: ask\n    from:\n      uri: direct:ask\n      steps:\n        " + ASK + "\n");
        assertThat(sync()).isEmpty();
    }

    @Test
    void aFailuresFileThatIsCutOffIsBlamedItselfAndNoStreamIs() throws Exception {
        String errors = RouteFolder.changed("errors", "errors");
        String last = "- java.lang.Exception\n";
        folder.write("errors.yaml", errors.substring(0, errors.indexOf(last) + last.length()));
        assertThat(sync()).containsExactly(folder.path + "/errors.yaml:" + folder.line("errors.yaml", "- onException:") + ": onException is not complete;"
                + " it names exceptions, and has steps that say what they do, such as direct:failed. Mend the file; the other streams run");
    }

    @Test
    void misspeltParameterIsNamedWithThoseThereAre() throws Exception {
        folder.variant("segments", "zz", "pageSize: 100", "pagesize: 100");
        assertThat(sync()).singleElement().asString().startsWith(folder.path + "/zz.yaml:" + folder.line("zz.yaml", "pagesize")
                + ": unknown parameter 'pagesize'; there are bucket, columns, ").contains(" pageSize, ");
    }

    @Test
    void recordsOfASeriesThatAreSplitOrGatheredBeforeTheyAreStoredAreReported() throws Exception {
        String route = RouteFolder.changed("segments_analytics", "zz");
        folder.write("zz.yaml", RouteFolder.nested(route, "- split:\n                        expression: { simple: '${body}' }\n"
                + "                        steps:\n                          "));
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml:" + folder.line("zz.yaml", "table:zz") + ": 'table:' stores the records of an answer at once;"
                + " change their list before it, and do not split or aggregate it. Mend the file; the other streams run");
    }

    @Test
    void fileThatIsNoYamlIsReportedWithItsLine() throws Exception {
        folder.write("zz.yaml", "- route:\n    id: zz\n\tdescription: indented by a tab\n");
        assertThat(sync()).singleElement().asString().startsWith(folder.path + "/zz.yaml:3: it is no valid YAML: found character '\\t(TAB)'");
    }

    @Test
    void emptyFileAndFileWithoutRouteAreReported() throws Exception {
        folder.write("empty.yaml", "").write("text.yaml", "campaigns are nice\n");
        assertThat(sync()).containsExactly(folder.path + "/empty.yaml: the file is empty. Mend the file; the other streams run",
                folder.path + "/text.yaml: there is no route in it. Mend the file; the other streams run");
    }

    @Test
    void aMarkAtItsBeginAndAnIndentedListAreReadLikeAnyOtherFile() throws Exception {
        String segments = RouteFolder.changed("segments", "segments");
        folder.write("segments.yaml", "\uFEFF" + segments.substring(segments.indexOf("- route:")))
                .write("campaigns.yaml", RouteFolder.changed("campaigns", "campaigns").indent(2));
        assertThat(sync()).isEmpty();
    }

    @Test
    void aMapOfRoutesIsReported() throws Exception {
        folder.write("zz.yaml", "routes:\n" + RouteFolder.changed("segments", "zz"));
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml: there is no route in it. Mend the file; the other streams run");
    }

    @Test
    void filesThatCannotBeReadOrHoldNoRoutesOfOursAreReported() throws Exception {
        folder.write("a.yaml", "- route:\n    id: a\n    description: no beginning\n").write("b.yaml", "# a thought\n---\n")
                .write("c.yaml", "- rest:\n    path: /c\n    get:\n      - path: /d\n        to: direct:listing\n")
                .write("d.yaml", "- " + "[".repeat(5000) + "]".repeat(5000) + "\n");
        Files.write(folder.path.resolve("e.yaml"), "# Grüße\n- route: {}\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.createSymbolicLink(folder.path.resolve("f.yaml"), Path.of("nowhere.yaml"));
        String mend = ". Mend the file; the other streams run";
        assertThat(sync()).containsExactly(folder.path + "/a.yaml:1: the route has no 'from', with which it begins" + mend,
                folder.path + "/b.yaml: the file is empty" + mend,
                folder.path + "/c.yaml:1: of rest, routeTemplate and templatedRoute nothing is made here; write the routes out" + mend,
                folder.path + "/d.yaml: it is nested too deep" + mend,
                folder.path + "/e.yaml: it is no text in UTF-8; save it in that encoding" + mend,
                folder.path + "/f.yaml: it cannot be read (its link leads nowhere)" + mend);
    }

    @Test
    void aCronThatIsNoneStopsItsOwnFileOnly() throws Exception {
        String[] timer = {"segments", "zz", "uri: timer:zz", "uri: quartz:zz", "period: \"{{stream.zz.period}}\""};
        folder.variant(timer[0], timer[1], timer[2], timer[3], timer[4], "cron: \"0/4 * * * *\"");
        assertThat(sync()).singleElement().asString().startsWith(folder.path + "/zz.yaml:" + folder.line("zz.yaml", "quartz:zz"))
                .contains("the cron '0/4 * * * *' is none of Quartz: ");
        folder.variant(timer[0], timer[1], timer[2], timer[3], timer[4], "cron: \"RAW(0 0 6 * * ?)\"");
        assertThat(sync()).isEmpty();
    }

    @Test
    void placeholdersInUrisOfStepsAreFilled() throws Exception {
        folder.variant("segments", "zz", "- to: { uri: direct:pages }", "- to: { uri: 'direct:{{braze.step}}' }\n        - to: { uri: '{{braze.scheme}}:zz' }");
        placeholders.put("braze.step", "pages");
        placeholders.put("braze.scheme", "log");
        assertThat(sync()).isEmpty();
    }

    @Test
    void fileRouteAndTableOfDifferentNamesAreReported() throws Exception {
        folder.write("zz.yaml", RouteFolder.changed("segments", "zz", "table:zz", "table:yy"));
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml:" + folder.line("zz.yaml", "table:yy") + ": "
                + "file, route id and table must have one name, but are 'zz', 'zz' and 'yy'. Mend the file; the other streams run");
    }

    @Test
    void unknownParentIsReported() throws Exception {
        folder.variant("segments_details", "zz", "parent: segments", "parent: segmentz");
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml:" + folder.line("zz.yaml", "segmentz")
                + ": its parent 'segmentz' is not among the list streams; add segmentz.yaml or name another. Mend the file; the other streams run");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            - setBody:,          - setBodi:,            there is no step 'setBodi' in Camel
            records: segments,   only: x,               only: 'x' chooses among a parent's objects
            """)
    void theChildrenOfABrokenFileSayWhichFileToMend(String right, String wrong, String what) throws Exception {
        folder.variant("segments", "yy", right, wrong).variant("segments_details", "zz", "parent: segments", "parent: yy");
        assertThat(sync()).satisfiesExactlyInAnyOrder(line -> assertThat(line).contains("/yy.yaml:", what),
                line -> assertThat(line).isEqualTo(folder.path + "/zz.yaml: its parent 'yy' cannot be used, so this stream waits until that file is mended"));
    }

    @Test
    void aChoiceByAFieldThatTheParentLacksIsReported() throws Exception {
        folder.variant("segments_details", "zz", "parent: segments", "parent: segments\n                          only: analytics_tracking");
        assertThat(sync()).singleElement().asString().contains("only: 'analytics_tracking' is no boolean column of segments");
    }

    @Test
    void anUnnestedTableOfAnotherStreamsNameIsReported() throws Exception {
        folder.variant("segments_details", "zz", "parent: segments", "parent: segments\n                          unnest: \"campaigns = tags.{x}\"");
        assertThat(sync()).singleElement().asString().contains("unnest: the table campaigns is another stream's");
    }

    @ParameterizedTest
    @CsvSource({"precondition: 'false', the precondition of its route does not hold", "autoStartup: 'false', its route says autoStartup: false"})
    void aRouteThatIsSwitchedOffIsSkippedAndItsChildrenReadTheListThemselves(String line, String note) throws Exception {
        folder.variant("segments", "segments", "id: segments", "id: segments\n    " + line);
        Map<String, PassResult> results = ContractFixture.of(server.uri(), directory, folder.files()).sync();
        assertThat(results.get("segments").result()).isEqualTo(Result.SKIPPED);
        assertThat(results.get("segments").notes()).containsExactly(note);
        assertThat(results.get("segments_details").result()).isEqualTo(Result.COMPLETE);
    }

    @Test
    void aFolderWithoutRoutesIsNamed() throws Exception {
        RouteFolder empty = new RouteFolder(directory.resolve("empty"));
        folder = empty;
        assertThatThrownBy(this::sync).isInstanceOf(StartException.class).hasMessageContaining("there is no route in " + empty.path);
        empty.write("errors.yaml", RouteFolder.changed("errors", "errors"));
        assertThatThrownBy(this::sync).isInstanceOf(StartException.class).hasMessageContaining("there is no route in " + empty.path);
    }

    @Test
    void severalBrokenFilesAreSeveralLines() throws Exception {
        folder.variant("segments", "yy", "name string", "name text").variant("segments", "zz", "- setBody:", "- setBodi:");
        assertThat(sync()).hasSize(2).allMatch(line -> !line.contains("\n"));
    }

    @Test
    void twoFilesWithOneRouteIdStopTheStart() throws Exception {
        folder.write("zz.yaml", RouteFolder.changed("segments", "segments"));
        assertThatThrownBy(this::sync).isInstanceOf(Catalogue.DuplicateRouteException.class).hasMessage("the route id 'segments' stands in "
                + folder.path + "/segments.yaml and in " + folder.path + "/zz.yaml; rename or remove one of them");
        assertThat(directory.resolve("braze.mv.db")).doesNotExist();
    }

    @Test
    void twoRoutesOfOneIdInAFileAreAMistakeOfThatFile() throws Exception {
        String route = RouteFolder.changed("segments", "zz");
        folder.write("zz.yaml", route + route);
        long second = route.lines().count() + folder.line("zz.yaml", "id: zz");
        assertThat(sync()).containsExactly(folder.path + "/zz.yaml:" + second + ": the route id 'zz' stands there twice. Mend the file; the other streams run");
    }

    @Test
    void aStreamWhoseHelperCannotBeUsedFailsAtOnceAndTheOthersRun() throws Exception {
        folder.variant("segments", "zz", "- to: { uri: direct:pages }", "- to: { uri: direct:pages }\n        - to: { uri: direct:hop }")
                .write("hop.yaml", "- route:\n    id: hop\n    from:\n      uri: direct:hop\n      steps:\n        - bean: { ref: mapper, method: x }\n");
        assertThat(sync()).containsExactly(folder.path + "/hop.yaml:6: there is no bean 'mapper'; check the name. Mend the file; the other streams run",
                folder.path + "/zz.yaml:" + folder.line("zz.yaml", "direct:hop") + ": it calls 'direct:hop', but the route that begins there does not run."
                        + " Mend the file; the other streams run");
        assertThat(results.get("zz").result()).isEqualTo(Result.FAILED);
        assertThat(results.get("zz").error()).contains("zz: its route file cannot be used");
    }

    /** The errors, after a sync in which all other streams were read whole. */
    private List<String> sync() throws Exception {
        SyncFixture fixture = ContractFixture.of(server.uri(), directory, folder.files());
        fixture.placeholders.putAll(placeholders);
        results = fixture.sync();
        for (String stream : List.of("campaigns", "segments", "segments_details")) {
            assertThat(results.get(stream).result()).as(stream).isEqualTo(Result.COMPLETE);
            assertThat(FixtureRows.stored(fixture, stream)).containsExactlyInAnyOrderElementsOf(
                    FixtureRows.expected(StreamContractTest.FIXTURES.resolve(stream).resolve("expected.jsonl")));
        }
        return fixture.routeErrors;
    }
}
