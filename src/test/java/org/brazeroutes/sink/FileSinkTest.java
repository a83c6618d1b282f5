package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.demo.SetClock;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    private static final Map<String, String> DECLARATION = Map.of("path", "/clicks/data_series", "permission", "clicks", "records", "data",
            "maxDays", "100", "cursor", "time", "primaryKey", "time", "columns", "time date, clicks integer");
    private static final Stream STREAM = Declaration.parse("clicks", DECLARATION);

    @TempDir
    Path directory;
    private final SetClock clock = new SetClock("2026-06-20T10:00:00Z");
    private final List<Integer> saved = new ArrayList<>();
    private Database state;

    @BeforeEach
    void open() {
        String url = "jdbc:h2:mem:" + directory.getFileName();
        state = Database.open(new DatabaseSettings(url, "", "", "", "", 4, url));
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void aFileIsFinishedAtItsAgeAlsoWhenNothingMoreComes() throws Exception {
        FileSink sink = sink(new LocalDisk());
        StreamWriter writer = sink.open(STREAM, SyncMode.INCREMENTAL_APPEND, 7, this::save);
        assertThat(write(writer, 1).rows()).as("not stored before the file is finished").isZero();
        clock.pass(Duration.ofSeconds(299));
        sink.tick();
        assertThat(saved).isEmpty();
        assertThat(visible()).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        sink.tick();
        assertThat(saved).containsExactly(1);
        assertThat(visible()).containsExactly("7-00001.jsonl");
        assertThat(write(writer, 2).rows()).as("the row of the finished file").isEqualTo(1);
        assertThat(writer.finish(true).rows()).isEqualTo(1);
        assertThat(saved).containsExactly(1, 2);
        assertThat(visible()).containsExactly("7-00001.jsonl", "7-00002.jsonl");
    }

    @Test
    void aRecordHasTheTimeOfItsPassInMicrosecondsAsRowsDo() throws Exception {
        clock.pass(Duration.ofNanos(44_874_451));
        try (StreamWriter writer = sink(new LocalDisk()).open(STREAM, SyncMode.INCREMENTAL_APPEND, 7, this::save)) {
            write(writer, 1);
            writer.finish(true);
        }
        assertThat(Files.readString(directory.resolve("clicks/7-00001.jsonl"))).contains("\"_synced_at\":\"2026-06-20T10:00:00.044874Z\"");
    }

    @Test
    void afterAFailedWriteNoCursorMovesOverTheLostRecords() throws Exception {
        boolean[] full = {false};
        Disk disk = new FullDisk(full);
        StreamWriter writer = sink(disk).open(STREAM, SyncMode.INCREMENTAL_APPEND, 7, this::save);
        write(writer, 1);
        full[0] = true;
        assertThatThrownBy(() -> writer.finish(true)).isInstanceOf(SinkException.class)
                .hasMessageContainingAll("No space left on device", "sink.file.directory");
        full[0] = false;
        assertThatThrownBy(() -> write(writer, 2)).isInstanceOf(SinkException.class);
        writer.close();
        assertThat(saved).isEmpty();
        assertThat(visible()).isEmpty();
        sink(new LocalDisk()).open(STREAM, SyncMode.INCREMENTAL_APPEND, 8, this::save).close();
        assertThat(new LocalDisk().names(directory.resolve("clicks"))).as("nothing is left of it").isEmpty();
    }

    @Test
    void checkpointsDoNotWaitForAFileInAnyNumber() throws Exception {
        try (StreamWriter writer = sink(new LocalDisk()).open(STREAM, SyncMode.INCREMENTAL_APPEND, 7, this::save)) {
            for (int i = 0; i < 12_000; i++) {
                writer.write(List.of(), new Checkpoint(String.valueOf(i), null, Map.of()));
            }
            assertThat(saved).hasSize(10_000);
            writer.finish(true);
            assertThat(saved).hasSize(12_000).doesNotHaveDuplicates();
        }
        assertThat(visible()).isEmpty();
    }

    @Test
    void dropDeletesOurFilesAndNobodyElses() throws Exception {
        FileSink sink = sink(new LocalDisk());
        StreamWriter writer = sink.open(STREAM, SyncMode.INCREMENTAL_APPEND, 7, this::save);
        write(writer, 1);
        writer.finish(true);
        writer.close();
        Files.writeString(directory.resolve("clicks/mine.jsonl"), "{}\n");
        sink.drop(STREAM, connection -> null);
        assertThat(visible()).containsExactly("mine.jsonl");
        Files.delete(directory.resolve("clicks/mine.jsonl"));
        sink.drop(STREAM, connection -> null);
        assertThat(directory.resolve("clicks")).doesNotExist();
    }

    @Test
    void aDropThatWasKilledIsFinishedBeforeAnythingIsWritten() throws Exception {
        boolean died = true;
        for (int steps = 0; died; steps++) {
            try (StreamWriter writer = sink(new LocalDisk()).open(STREAM, SyncMode.INCREMENTAL_APPEND, 7, this::save)) {
                write(writer, 1);
                writer.finish(true);
            }
            DyingDisk disk = new DyingDisk(steps);
            boolean[] forgotten = {false};
            try {
                sink(disk).drop(STREAM, connection -> forgotten[0] = true);
            } catch (DyingDisk.Killed e) {
                assertThat(forgotten[0]).as("files without cursors would come twice, cursors without files never").isTrue();
                assertThat(sink(new LocalDisk()).unfinished(STREAM)).isTrue();
            }
            died = disk.died();
            sink(new LocalDisk()).open(STREAM, SyncMode.INCREMENTAL_APPEND, 8, this::save).close();
            assertThat(visible()).as("killed before step %d", steps).isEmpty();
        }
    }

    @Test
    void filesHaveTheSameNamesWhereverTheMachineStands() throws Exception {
        Locale before = Locale.getDefault();
        // writes numbers in digits of its own
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try (StreamWriter writer = sink(new LocalDisk()).open(STREAM, SyncMode.INCREMENTAL_APPEND, 7, this::save)) {
            write(writer, 1);
            writer.finish(true);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(visible()).containsExactly("7-00001.jsonl");
    }

    @Test
    void aStreamCannotHaveTheFolderOfTheState() {
        assertThatThrownBy(() -> sink(new LocalDisk()).open(Declaration.parse("_state", DECLARATION), SyncMode.INCREMENTAL_APPEND, 1, this::save))
                .isInstanceOf(SinkException.class).hasMessageContaining("another name");
    }

    private FileSink sink(Disk disk) {
        return new FileSink(new FileOptions(directory, FileOptions.Format.JSONL, false, 1 << 20, Duration.ofMinutes(5)), state, clock, disk);
    }

    private void save(Connection connection, List<Checkpoint> checkpoints) {
        checkpoints.forEach(checkpoint -> saved.add(Integer.valueOf(checkpoint.partition())));
    }

    private Written write(StreamWriter writer, int day) {
        return writer.write(List.of(new HashMap<>(Map.of("time", "2026-06-0" + day, "clicks", day))), new Checkpoint(String.valueOf(day), null, Map.of()));
    }

    private List<String> visible() throws IOException {
        return new LocalDisk().names(directory.resolve("clicks")).stream().filter(name -> !name.startsWith(".")).toList();
    }

    /** A disk that has no room for a while. */
    private static final class FullDisk implements Disk {

        private final LocalDisk disk = new LocalDisk();
        private final boolean[] full;

        FullDisk(boolean[] full) {
            this.full = full;
        }

        @Override
        public void createDirectories(Path path) throws IOException {
            disk.createDirectories(path);
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            return disk.create(file);
        }

        @Override
        public void sync(Path file) throws IOException {
            if (full[0]) {
                throw new IOException("No space left on device");
            }
            disk.sync(file);
        }

        @Override
        public void syncDirectory(Path path) throws IOException {
            disk.syncDirectory(path);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            disk.move(from, to);
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }

        @Override
        public boolean exists(Path file) {
            return disk.exists(file);
        }

        @Override
        public List<String> names(Path path) throws IOException {
            return disk.names(path);
        }
    }
}
