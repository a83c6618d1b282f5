package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brazeroutes.camel.StreamContractTest.FIXTURES;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.Unnest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixtures of every stream go through its real route: what arrives in H2 is what {@code expected.jsonl} says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamFixtureTest {

    private Catalogue catalogue;
    private FixtureServer server;
    private SyncFixture fixture;
    private Map<String, PassResult> first;
    private Map<String, PassResult> second;
    private final Map<String, List<Map<String, Object>>> afterFirst = new HashMap<>();

    @BeforeAll
    void syncTwice(@TempDir Path directory) throws Exception {
        catalogue = Engine.catalogue(ContractFixture.options());
        server = new FixtureServer(FIXTURES, catalogue.streams().values());
        fixture = ContractFixture.of(server.uri(), directory, RouteFiles.find(Optional.of(StreamContractTest.ROUTES), false));
        first = fixture.sync();
        for (String stream : streams()) {
            afterFirst.put(stream, fixture.query("select * from " + stream + order(stream)));
        }
        second = fixture.sync();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static List<String> streams() throws Exception {
        return StreamContractTest.streams();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void recordsOfTheFixtureArriveValueByValue(String name) throws Exception {
        assertThat(FIXTURES.resolve(name).resolve("expected.jsonl")).as("the fixture of " + name).exists();
        assertThat(first.get(name).result()).isEqualTo(Result.COMPLETE);
        assertThat(first.get(name).error()).isNull();
        compare(fixture, name);
        assertThat(fixture.query("select 1 from " + name + " where _synced_at is null or _sync_id is null")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void primaryKeyIsUniqueAndNeverNull(String name) throws Exception {
        Stream stream = catalogue.streams().get(name);
        String keys = String.join(", ", stream.primaryKey());
        assertThat(fixture.count("(select distinct " + keys + " from " + name + ")")).isEqualTo(fixture.count(name)).isPositive();
        assertThat(fixture.query("select column_name from information_schema.index_columns c join information_schema.table_constraints t "
                + "on c.index_name = t.index_name where t.constraint_type = 'PRIMARY KEY' and t.table_name = '" + name.toUpperCase(Locale.ROOT)
                + "' order by ordinal_position")).extracting(row -> String.valueOf(row.get("column_name")).toLowerCase(Locale.ROOT))
                .isEqualTo(stream.primaryKey());
        assertThat(fixture.query("select column_name from information_schema.columns where table_name = '" + name.toUpperCase(Locale.ROOT)
                + "' and is_nullable = 'NO'")).hasSize(stream.primaryKey().size());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aSecondRunAddsAndChangesNothing(String name) throws Exception {
        assertThat(second.get(name).result()).isEqualTo(Result.COMPLETE);
        assertThat(second.get(name).records()).isPositive();
        assertThat(second.get(name).rows()).isZero();
        assertThat(fixture.query("select * from " + name + order(name))).isEqualTo(afterFirst.get(name));
    }

    /** Lists fail after so many pages; streams are cut off with them, then run again. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRunWhoseListsBreakOffResumesWithoutGap(int pages, @TempDir Path other) throws Exception {
        resumes(other, (stream, before) -> stream.kind() == Stream.Kind.LIST && before >= pages,
                stream -> stream.kind() == Stream.Kind.LIST || stream.parent() != null);
    }

    /** Every other endpoint fails after so many requests, in the middle of its partitions. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4})
    void aRunThatBreaksOffResumesWithoutGap(int requests, @TempDir Path other) throws Exception {
        resumes(other, (stream, before) -> stream.kind() != Stream.Kind.LIST && before >= requests,
                stream -> stream.kind() != Stream.Kind.LIST && needs(stream) > requests);
    }

    private void resumes(Path other, FixtureServer.Failing failing, Predicate<Stream> breaksOff) throws Exception {
        SyncFixture broken = ContractFixture.of(null, other, ContractFixture.inSmallBites(Files.createDirectory(other.resolve("routes"))));
        try (FixtureServer small = new FixtureServer(FIXTURES, Engine.catalogue(broken.options()).streams().values())) {
            broken.endpoint = small.uri();
            small.fail(failing);
            Map<String, PassResult> interrupted = broken.sync();
            assertThat(interrupted.values()).allSatisfy(result -> assertThat(result.result())
                    .as(result.stream()).matches(ended -> ended == Result.COMPLETE != breaksOff.test(catalogue.streams().get(result.stream()))));
            small.fail((stream, before) -> false);
            assertThat(broken.sync().values()).allSatisfy(result -> assertThat(result.result()).as(result.stream()).isEqualTo(Result.COMPLETE));
            for (String stream : streams()) {
                compare(broken, stream);
            }
        }
    }

    /** Requests that the fixture of a stream takes in small bites: three slices for each series, one for details. */
    private static int needs(Stream stream) {
        int partitions;
        try (var files = Files.list(FIXTURES.resolve(stream.name()))) {
            partitions = (int) files.filter(file -> file.toString().endsWith(".json")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stream.kind() == Stream.Kind.SERIES ? 3 * partitions : partitions;
    }

    private void compare(SyncFixture synced, String name) throws Exception {
        compare(synced, name, "expected.jsonl", name);
        for (Unnest part : catalogue.streams().get(name).unnest()) {
            compare(synced, name, part.table() + ".jsonl", part.table());
        }
    }

    private static void compare(SyncFixture synced, String stream, String file, String table) throws Exception {
        List<JsonNode> expected = FixtureRows.expected(FIXTURES.resolve(stream).resolve(file));
        assertThat(FixtureRows.stored(synced, table)).as(table).containsExactlyInAnyOrderElementsOf(expected);
    }

    private String order(String stream) {
        return " order by " + String.join(", ", catalogue.streams().get(stream).primaryKey());
    }
}
