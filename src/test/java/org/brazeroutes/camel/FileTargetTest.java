package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.brazeroutes.demo.Fill;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.sink.FileOptions.Format;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileTargetTest {

    private static final LocalDate START = LocalDate.parse("2026-05-01");

    @TempDir
    Path directory;
    private final HandClock clock = new HandClock("2026-06-20T10:00:00Z");
    private final World world = World.builder().clock(clock).campaigns(4).canvases(2).segments(4).events(14).cards(2).build();
    private Simulator simulator;
    private SyncFixture fixture;
    private Path files;

    @BeforeEach
    void start() {
        simulator = Simulator.start(world, SimulatorOptions.defaults().fill("events_analytics", Fill.ZEROS));
        fixture = new SyncFixture(simulator, directory, clock);
        fixture.startDate = Optional.of(START);
        fixture.placeholders.put("braze.app-ids", "app-ios,app-android");
        files = directory.resolve("files");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void target(Format format, boolean gzip) {
        fixture.sink = new SinkOptions.Files(new FileOptions(files, format, gzip, 128 << 20, Duration.ofMinutes(5)));
    }

    static Stream<Arguments> formatsAndCases() {
        return Arrays.stream(TargetCase.values()).flatMap(each -> Stream.of(Arguments.of(Format.JSONL, false, each),
                Arguments.of(Format.JSONL, true, each), Arguments.of(Format.CSV, false, each), Arguments.of(Format.CSV, true, each),
                Arguments.of(Format.PARQUET, false, each)));
    }

    @ParameterizedTest
    @MethodSource("formatsAndCases")
    void everyValueArrivesAsTheSourceHoldsIt(Format format, boolean gzip, TargetCase given) throws Exception {
        target(format, gzip);
        given.prepare(world, simulator, LocalDate.parse("2026-06-10"));
        assertComplete(given.streams());
        for (String name : given.streams()) {
            List<Map<String, Object>> expected = world.records(name, START, clock.today().minusDays(1));
            List<Map<String, Object>> found = FileReader.all(files, stream(name));
            assertThat(expected).as(name).isNotEmpty();
            assertThat(Plain.records(found, stream(name))).as(name)
                    .containsExactlyInAnyOrderElementsOf(Plain.records(expected, stream(name)));
            if (format == Format.JSONL) {
                assertThat(unmarked(found)).as(name + ", just as Braze sent them").containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Test
    void aFolderThatIsGoneIsToldOfOnceAndNothingComesTwice() throws Exception {
        target(Format.JSONL, false);
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").notes()).isEmpty();
        Path folder = files.resolve("campaigns_analytics");
        Files.move(folder, directory.resolve("elsewhere"));
        PassResult after = fixture.sync("campaigns_analytics").get("campaigns_analytics");
        assertThat(after.notes()).containsExactly(folder + " is gone; what was in it is not written again. To read it anew, run 'reset campaigns_analytics'");
        assertThat(after.rows()).isZero();
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"JSONL,false", "CSV,true", "PARQUET,false"})
    void aDayWhoseRecordChangedIsAppendedAgainAndNoOther(Format format, boolean gzip) throws Exception {
        target(format, gzip);
        assertComplete("campaigns_analytics");
        List<Path> before = FileReader.files(files, "campaigns_analytics");
        byte[] bytes = Files.readAllBytes(before.get(0));
        Map<String, Object> old = record(world.campaignIds().get(0), "2026-06-10");
        world.correct("campaigns_analytics", world.campaignIds().get(0), LocalDate.parse("2026-06-10"), "conversions", 4711);
        clock.pass(Duration.ofHours(1));
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").rows()).isEqualTo(1);

        assertThat(Files.readAllBytes(before.get(0))).as("a file never changes").isEqualTo(bytes);
        List<Map<String, Object>> versions = FileReader.all(files, stream("campaigns_analytics")).stream()
                .filter(record -> record.get("campaign_id").equals(world.campaignIds().get(0)) && record.get("time").equals("2026-06-10")).toList();
        assertThat(Plain.records(versions, stream("campaigns_analytics")))
                .containsExactly(old, record(world.campaignIds().get(0), "2026-06-10"));
        assertThat(versions.get(1).get("_synced_at").toString()).isGreaterThan(versions.get(0).get("_synced_at").toString());
        assertThat((Long) versions.get(1).get("_sync_id")).isGreaterThan((Long) versions.get(0).get("_sync_id"));
        clock.pass(Duration.ofHours(1));
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").rows()).as("nothing changed").isZero();
        assertThat(FileReader.files(files, "campaigns_analytics")).hasSize(2);
    }

    @Test
    void filesWhoseStateIsLostAreNotWrittenOnceMore() throws Exception {
        target(Format.JSONL, false);
        assertComplete("campaigns", "campaigns_analytics");
        List<Path> before = FileReader.files(files, "campaigns_analytics");
        SyncFixture other = fixture.at("jdbc:h2:file:" + files.resolveSibling("another"));
        other.sink = fixture.sink;
        assertThatThrownBy(() -> other.sync("campaigns_analytics")).isInstanceOf(StartException.class)
                .hasMessageContainingAll(before.get(0).toString(), "state.jdbc.url", "sink.file.directory");
        assertThat(FileReader.files(files, "campaigns_analytics")).isEqualTo(before);
        assertComplete("campaigns", "campaigns_analytics");
        for (Path file : before) {
            Files.delete(file);
        }
        assertThat(other.sync("campaigns_analytics").get("campaigns_analytics").result()).isEqualTo(Result.COMPLETE);
    }

    @Test
    void anotherFolderBesideAKeptStateGetsTheWholeHistoryAndAMovedOneGoesOn() throws Exception {
        target(Format.JSONL, false);
        assertComplete("campaigns", "campaigns_analytics");
        Files.move(files, directory.resolve("moved"));
        files = directory.resolve("moved");
        target(Format.JSONL, false);
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").rows()).as("into the folder that was moved").isZero();
        files = directory.resolve("other");
        target(Format.JSONL, false);
        assertComplete("campaigns", "campaigns_analytics");
        assertThat(FileReader.all(files, stream("campaigns_analytics"))).hasSize(days());
        files = directory.resolve("moved");
        target(Format.JSONL, false);
        PassResult back = fixture.sync("campaigns", "campaigns_analytics").get("campaigns_analytics");
        assertThat(back.result()).as("days that went elsewhere meanwhile would be missing or doubled").isEqualTo(Result.FAILED);
        assertThat(back.error()).contains("is of another sync than the state", "reset --drop campaigns_analytics").doesNotContain("\n");
    }

    @Test
    void aSinkOfAnotherKindOnTheSameStateGetsTheWholeHistory() throws Exception {
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").rows()).isPositive();
        target(Format.JSONL, false);
        assertComplete("campaigns_analytics");
        assertThat(FileReader.all(files, stream("campaigns_analytics"))).hasSize(days());
        fixture.sink = new SinkOptions.Endpoint("log:braze", "log:braze");
        assertThat(fixture.sync("campaigns_analytics").get("campaigns_analytics").rows()).isEqualTo(days());
    }

    private int days() {
        return world.records("campaigns_analytics", START, clock.today().minusDays(1)).size();
    }

    @Test
    void anotherCompressionGoesOnWhereTheOldOneStood() throws Exception {
        target(Format.JSONL, false);
        assertComplete("campaigns_analytics");
        List<Path> before = FileReader.files(files, "campaigns_analytics");
        clock.pass(Duration.ofDays(1));
        target(Format.JSONL, true);
        assertComplete("campaigns_analytics");
        assertThat(FileReader.files(files, "campaigns_analytics")).hasSize(before.size() + 1).containsAll(before);
        assertThat(Plain.records(FileReader.all(files, stream("campaigns_analytics")), stream("campaigns_analytics")))
                .containsAll(Plain.records(world.records("campaigns_analytics", START, clock.today().minusDays(1)), stream("campaigns_analytics")));
    }

    @Test
    void todayIsNeitherAskedForNorStoredUntilItIsOver() throws Exception {
        target(Format.JSONL, false);
        assertComplete("campaigns_analytics");
        assertThat(simulator.log().requests()).filteredOn(request -> request.path().equals("/campaigns/data_series"))
                .isNotEmpty().allSatisfy(request -> assertThat(request.query().toString()).doesNotContain("2026-06-20"));
        clock.pass(Duration.ofDays(1));
        assertComplete("campaigns_analytics");
        assertThat(FileReader.all(files, stream("campaigns_analytics"))).extracting(record -> record.get("time"))
                .contains("2026-06-20").doesNotContain("2026-06-21");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aRemovedParentLeavesOverwrittenFilesAndKeepsAppendedDays(Format format) throws Exception {
        target(format, false);
        String gone = world.campaignIds().get(0);
        List<Map<String, Object>> history = world.records("campaigns_analytics", START, clock.today().minusDays(1));
        assertComplete("campaigns", "campaigns_details", "campaigns_analytics");
        world.delete(gone);
        assertComplete("campaigns", "campaigns_details", "campaigns_analytics");
        for (String name : List.of("campaigns", "campaigns_details")) {
            assertThat(Plain.records(FileReader.all(files, stream(name)), stream(name)))
                    .containsExactlyInAnyOrderElementsOf(Plain.records(world.records(name, START, START), stream(name)));
            assertSuccess(name);
        }
        assertThat(Plain.records(FileReader.all(files, stream("campaigns_analytics")), stream("campaigns_analytics")))
                .containsExactlyInAnyOrderElementsOf(Plain.records(history, stream("campaigns_analytics")));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aListWithARecordWithoutKeyLeavesTheOldFile(Format format) throws Exception {
        target(format, false);
        assertComplete("campaigns");
        Path file = FileReader.files(files, "campaigns").get(0);
        byte[] old = Files.readAllBytes(file);
        world.rename(world.campaignIds().get(1), "another name");
        world.remove("campaigns", world.campaignIds().get(0), "id");
        assertThat(fixture.sync("campaigns").get("campaigns").result()).isEqualTo(Result.FAILED);
        assertThat(Files.readAllBytes(file)).isEqualTo(old);
        assertOnlyWholeFiles();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void fullRefreshAppendKeepsTheRecordsOfEveryPass(Format format) throws Exception {
        target(format, false);
        fixture.modes.put("campaigns", SyncMode.FULL_REFRESH_APPEND);
        fixture.modes.put("campaigns_analytics", SyncMode.FULL_REFRESH_APPEND);
        List<Map<String, Object>> expected = new ArrayList<>();
        List<Map<String, Object>> days = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            expected.addAll(world.records("campaigns", START, START));
            days.addAll(world.records("campaigns_analytics", START, clock.today()));
            assertComplete("campaigns", "campaigns_analytics");
            world.rename(world.campaignIds().get(0), "renamed");
            clock.pass(Duration.ofMinutes(1));
        }
        List<Map<String, Object>> found = FileReader.all(files, stream("campaigns"));
        assertThat(Plain.records(found, stream("campaigns"))).containsExactlyInAnyOrderElementsOf(Plain.records(expected, stream("campaigns")));
        assertThat(found).extracting(record -> record.get("_sync_id")).doesNotContainNull();
        assertThat(found.stream().map(record -> record.get("_sync_id")).distinct()).hasSize(2);
        assertThat(FileReader.all(files, stream("campaigns_analytics"))).as("today included").hasSameSizeAs(days);
    }

    @Test
    void parquetHasTheTypesOfTheTables() throws Exception {
        target(Format.PARQUET, false);
        assertComplete("campaigns", "campaigns_analytics");
        assertThat(FileReader.types(FileReader.files(files, "campaigns").get(0))).containsEntry("id", "VARCHAR")
                .containsEntry("is_api_campaign", "BOOLEAN").containsEntry("last_edited", "TIMESTAMP WITH TIME ZONE")
                .containsEntry("_synced_at", "TIMESTAMP WITH TIME ZONE").containsEntry("_sync_id", "BIGINT");
        Map<String, String> types = FileReader.types(FileReader.files(files, "campaigns_analytics").get(0));
        assertThat(types).containsEntry("time", "DATE").containsEntry("conversions", "BIGINT").containsEntry("revenue", "DOUBLE");
        assertThat(types.get("messages")).isIn("JSON", "VARCHAR");
    }

    @Test
    void aFileIsFinishedAtItsSizeAndCursorsMoveWithIt() throws Exception {
        fixture.sink = new SinkOptions.Files(new FileOptions(files, Format.JSONL, false, 20_000, Duration.ofMinutes(5)));
        assertComplete("campaigns_analytics");
        List<Path> parts = FileReader.files(files, "campaigns_analytics");
        assertThat(parts).hasSizeGreaterThan(2);
        assertThat(parts).extracting(part -> part.getFileName().toString()).allMatch(name -> name.matches("\\d+-\\d{5}\\.jsonl"));
        assertThat(unmarked(FileReader.all(files, stream("campaigns_analytics"))))
                .containsExactlyInAnyOrderElementsOf(world.records("campaigns_analytics", START, clock.today().minusDays(1)));
    }

    @Test
    void aStartFinishesWhatADeadProcessLeftOfOtherStreamsToo() throws Exception {
        target(Format.JSONL, false);
        assertComplete("campaigns", "campaigns_analytics");
        List<String> before = files("campaigns", "campaigns_analytics");
        leaveBehind("campaigns");
        leaveBehind("campaigns_analytics");
        Files.writeString(files.resolve("campaigns_analytics").resolve(".7-00001.jsonl.7.tmp"), "never committed");
        assertComplete("segments");
        assertThat(files("campaigns", "campaigns_analytics")).isEqualTo(before);
        assertSuccess("campaigns");
        assertThat(fixture.query("select * from braze_files")).isEmpty();
        assertThat(fixture.query("select stream from braze_streams where owner is not null")).isEmpty();
    }

    @Test
    void aStartLeavesTheFilesOfALivingProcessAlone() throws Exception {
        target(Format.JSONL, false);
        assertComplete("campaigns_analytics");
        leaveBehind("campaigns_analytics");
        Path draft = Files.writeString(files.resolve("campaigns_analytics").resolve(".7-00001.jsonl.7.tmp"), "half of it");
        List<String> before = files("campaigns_analytics");
        fixture.execute("update braze_streams set owner = 'other', owner_host = 'elsewhere', owner_pid = 1, owner_started = 1, "
                + "lease_until = dateadd(second, 60, current_timestamp) where stream = 'campaigns_analytics'");
        assertThat(fixture.sync("segments", "campaigns_analytics").values()).extracting(PassResult::result)
                .containsExactly(Result.COMPLETE, Result.BUSY);
        assertThat(files("campaigns_analytics")).isEqualTo(before);
        assertThat(draft).hasContent("half of it");
        assertThat(fixture.count("braze_files")).isEqualTo(1);
    }

    /** As if the process had died when its file was committed but not renamed. */
    private void leaveBehind(String stream) throws Exception {
        Path file = FileReader.files(files, stream).get(0);
        String name = file.getFileName().toString();
        long records = FileReader.jsonLines(file).size();
        Object syncId = FileReader.jsonLines(file).get(0).get("_sync_id");
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        Files.move(file, file.resolveSibling("." + name + "." + syncId + ".tmp"));
        fixture.execute("insert into braze_files (stream, file_name, sync_id, records, sha256) values ('" + stream + "', '" + name + "', "
                + syncId + ", " + records + ", '" + sha256 + "')");
    }

    /** All files of these streams, hidden ones too, with what is in them. */
    private List<String> files(String... streams) throws Exception {
        List<String> found = new ArrayList<>();
        for (String stream : streams) {
            try (Stream<Path> all = Files.list(files.resolve(stream))) {
                for (Path file : all.sorted().toList()) {
                    found.add(file + ": " + Files.readString(file));
                }
            }
        }
        return found;
    }

    @Test
    void dedupIsRefusedWithAHint() {
        target(Format.JSONL, false);
        fixture.modes.put("campaigns_analytics", SyncMode.INCREMENTAL_DEDUP);
        assertThatThrownBy(() -> fixture.sync("campaigns_analytics")).isInstanceOf(StartException.class)
                .hasMessageContainingAll("stream.campaigns_analytics.mode is incremental_dedup", "incremental_append, full_refresh_overwrite",
                        "newest _synced_at");
    }

    @Test
    void filesOfAnotherModeAreNotMixedWith() throws Exception {
        target(Format.JSONL, false);
        assertComplete("campaigns");
        fixture.modes.put("campaigns", SyncMode.FULL_REFRESH_APPEND);
        PassResult result = fixture.sync("campaigns").get("campaigns");
        assertThat(result.result()).isEqualTo(Result.FAILED);
        assertThat(result.error()).contains("reset --drop campaigns");
        assertThat(FileReader.files(files, "campaigns")).hasSize(1);
    }

    private org.brazeroutes.stream.Stream stream(String name) {
        return Engine.catalogue(fixture.options()).streams().get(name);
    }

    private Map<String, Object> record(String campaign, String day) {
        return Plain.record(world.records("campaigns_analytics", LocalDate.parse(day), LocalDate.parse(day)).stream()
                .filter(record -> record.get("campaign_id").equals(campaign)).findFirst().orElseThrow(), stream("campaigns_analytics"));
    }

    private void assertComplete(String... streams) throws Exception {
        assertThat(fixture.sync(streams).values()).allSatisfy(result ->
                assertThat(result.result()).as(result.toString()).isEqualTo(Result.COMPLETE));
        assertOnlyWholeFiles();
    }

    private void assertOnlyWholeFiles() throws Exception {
        try (Stream<Path> all = Files.walk(files)) {
            assertThat(all.filter(Files::isRegularFile).filter(path -> !path.startsWith(files.resolve("_state")))
                    .map(path -> path.getFileName().toString()).filter(name -> name.startsWith("."))).isEmpty();
        }
    }

    private void assertSuccess(String name) throws Exception {
        Path file = FileReader.files(files, name).get(0);
        JsonNode success = new ObjectMapper().readTree(files.resolve(name).resolve("_SUCCESS.json").toFile());
        List<Map<String, Object>> records = FileReader.records(file, stream(name));
        assertThat(success.get("records").asLong()).isEqualTo(records.size());
        assertThat(success.get("sha256").asText()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        assertThat(success.get("sync_id").asLong()).isEqualTo(((Number) records.get(0).get("_sync_id")).longValue());
    }

    private static List<Map<String, Object>> unmarked(List<Map<String, Object>> records) {
        records.forEach(record -> record.keySet().removeAll(List.of("_synced_at", "_sync_id")));
        return records;
    }
}
