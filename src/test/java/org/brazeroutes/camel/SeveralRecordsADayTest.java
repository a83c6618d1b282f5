package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brazeroutes.pass.Result;
import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A daily series whose key has one column more than partition and day. */
class SeveralRecordsADayTest {

    private static final String SERIES = "campaigns_analytics";

    @TempDir
    private Path directory;
    private FixtureServer server;
    private SyncFixture fixture;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(directory.resolve("answers").resolve(SERIES));
        Files.writeString(Files.createDirectory(directory.resolve("answers/campaigns")).resolve("list.json"),
                "{\"message\":\"success\",\"campaigns\":[{\"id\":\"c\"}]}");
        server = new FixtureServer(directory.resolve("answers"), Engine.catalogue(ContractFixture.options()).streams().values());
        fixture = new SyncFixture(server.uri(), FixtureServer.KEY, directory, new HandClock("2026-06-03T10:00:00Z"));
        fixture.startDate = Optional.of(LocalDate.parse("2026-06-01"));
        fixture.routes = new RouteFolder(directory.resolve("routes")).with("errors", "campaigns")
                .variant(SERIES, SERIES, "campaign_id, time", "campaign_id, time, platform", "time date", "time date, platform string").files();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> modesOfTablesAndFiles() {
        return Arrays.stream(SyncMode.values()).flatMap(mode -> Stream.of(false, true).filter(files -> !files || mode != SyncMode.INCREMENTAL_DEDUP)
                .map(files -> Arguments.of(mode, files)));
    }

    @ParameterizedTest
    @MethodSource("modesOfTablesAndFiles")
    void allOfThemAreStoredAndOfTwoWithOneKeyTheLater(SyncMode mode, boolean files) throws Exception {
        target(mode, files);
        answer("2026-06-01 ios 1", "2026-06-01 android 2", "2026-06-02 ios 3", "2026-06-02 android 4", "2026-06-02 ios 5");
        for (int pass = 1; pass <= 2; pass++) {
            sync();
            assertThat(stored()).containsExactlyInAnyOrderElementsOf(Collections.nCopies(mode == SyncMode.FULL_REFRESH_APPEND ? pass : 1,
                    List.of("2026-06-01 ios 1", "2026-06-01 android 2", "2026-06-02 android 4", "2026-06-02 ios 5")).stream().flatMap(List::stream).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ifOneOfThemChangesItsDayIsAppendedAgainAndNoOther(boolean files) throws Exception {
        target(SyncMode.INCREMENTAL_APPEND, files);
        answer("2026-06-01 ios 1", "2026-06-01 android 2", "2026-06-02 ios 3", "2026-06-02 android 4");
        sync();
        answer("2026-06-01 android 2", "2026-06-01 ios 1", "2026-06-02 ios 3", "2026-06-02 android 40");
        for (int pass = 2; pass <= 3; pass++) {
            sync();
            assertThat(stored()).containsExactlyInAnyOrder("2026-06-01 ios 1", "2026-06-01 android 2", "2026-06-02 ios 3", "2026-06-02 android 4",
                    "2026-06-02 ios 3", "2026-06-02 android 40");
        }
    }

    private void target(SyncMode mode, boolean files) {
        fixture.modes.put(SERIES, mode);
        fixture.sink = files ? new SinkOptions.Files(new FileOptions(directory.resolve("files"), FileOptions.Format.JSONL, false, 128 << 20,
                Duration.ofMinutes(5))) : null;
    }

    /** Day, platform and conversions of each record. */
    private void answer(String... records) throws IOException {
        Files.writeString(directory.resolve("answers").resolve(SERIES).resolve("c.json"), Stream.of(records)
                .map(record -> String.format("{\"time\":\"%s\",\"platform\":\"%s\",\"conversions\":%s}", (Object[]) record.split(" ")))
                .collect(Collectors.joining(",", "{\"message\":\"success\",\"data\":[", "]}")));
    }

    private void sync() throws Exception {
        assertThat(fixture.sync("campaigns", SERIES).values()).allSatisfy(result -> assertThat(result.result()).as("%s", result).isEqualTo(Result.COMPLETE));
    }

    private List<String> stored() throws Exception {
        List<Map<String, Object>> records = fixture.sink == null ? fixture.query("select * from " + SERIES)
                : FileReader.all(directory.resolve("files"), fixture.streams.get(SERIES));
        return records.stream().map(record -> record.get("time") + " " + record.get("platform") + " " + record.get("conversions")).toList();
    }
}
