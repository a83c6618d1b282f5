package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies before any single step of the disk, and another that goes on where it stopped. */
class FileCrashTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-20T10:00:00Z"), ZoneOffset.UTC);
    private static final LocalDate FIRST = LocalDate.parse("2026-05-01");
    private static final int DAYS = 12;
    private static final List<String> PARENTS = List.of("a", "b", "c");
    private static final Stream STREAM = Declaration.parse("clicks", Map.of("path", "/clicks/data_series", "permission", "clicks",
            "records", "data", "parent", "cards", "partition", "card_id", "maxDays", "100", "cursor", "time",
            "primaryKey", "card_id, time", "columns", "card_id string, time date, clicks integer"));

    @TempDir
    Path directory;
    private Database state;

    @BeforeEach
    void open() {
        String url = "jdbc:h2:mem:" + directory.getFileName();
        state = Database.open(new DatabaseSettings(url, "", "", "", "", 4, url));
        state.transaction(connection -> {
            Sql.execute(connection, "create table progress (card_id varchar(10) primary key, days int)");
            return null;
        });
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void everyDayIsAppendedOnceWhereverTheProcessDies() throws Exception {
        for (int step = 0; ; step++) {
            Path files = directory.resolve("step" + step);
            startOver();
            boolean died = diesAt(step, files, 1, SyncMode.INCREMENTAL_APPEND, 0);
            assertOnceEach(read(files), 0);
            sync(files, new LocalDisk(), 2, SyncMode.INCREMENTAL_APPEND, 0);
            assertThat(read(files)).as("died before step " + step).hasSize(DAYS * PARENTS.size());
            assertOnceEach(read(files), 0);
            assertThat(hidden(files)).isEmpty();
            if (!died) {
                assertThat(step).as("steps tried").isGreaterThan(30);
                return;
            }
        }
    }

    @Test
    void overwriteShowsTheOldOrTheNewAndNothingElseWhereverTheProcessDies() throws Exception {
        for (int step = 0; ; step++) {
            Path files = directory.resolve("step" + step);
            sync(files, new LocalDisk(), 1, SyncMode.FULL_REFRESH_OVERWRITE, 0);
            boolean died = diesAt(step, files, 2, SyncMode.FULL_REFRESH_OVERWRITE, 1000);
            List<Map<String, Object>> seen = read(files);
            assertOnceEach(seen, (int) seen.get(0).get("clicks") >= 1000 ? 1000 : 0);
            assertThat(seen).as("whole").hasSize(DAYS * PARENTS.size());
            new FileSink(options(files), state, CLOCK).open(STREAM, SyncMode.FULL_REFRESH_OVERWRITE, 3, FileCrashTest::save).close();
            assertSuccessFits(files);
            sync(files, new LocalDisk(), 4, SyncMode.FULL_REFRESH_OVERWRITE, 2000);
            assertOnceEach(read(files), 2000);
            assertThat(hidden(files)).isEmpty();
            assertSuccessFits(files);
            if (!died) {
                assertThat(step).as("steps tried").isGreaterThan(12);
                return;
            }
        }
    }

    @Test
    void aPassIsAppendedWholeOrNotAtAllWhereverTheProcessDies() throws Exception {
        for (int step = 0; ; step++) {
            Path files = directory.resolve("step" + step);
            sync(files, new LocalDisk(), 1, SyncMode.FULL_REFRESH_APPEND, 0);
            boolean died = diesAt(step, files, 2, SyncMode.FULL_REFRESH_APPEND, 1000);
            new FileSink(options(files), state, CLOCK).open(STREAM, SyncMode.FULL_REFRESH_APPEND, 3, FileCrashTest::save).close();
            Map<Object, List<Map<String, Object>>> passes = new HashMap<>();
            read(files).forEach(record -> passes.computeIfAbsent(record.get("_sync_id"), id -> new ArrayList<>()).add(record));
            assertThat(passes.get(1)).hasSize(DAYS * PARENTS.size());
            assertOnceEach(passes.get(1), 0);
            if (passes.containsKey(2)) {
                assertThat(passes.get(2)).hasSize(DAYS * PARENTS.size());
                assertOnceEach(passes.get(2), 1000);
            }
            assertThat(hidden(files)).isEmpty();
            if (!died) {
                assertThat(passes).containsOnlyKeys(1, 2);
                return;
            }
        }
    }

    private boolean diesAt(int step, Path files, long syncId, SyncMode mode, int more) throws SQLException {
        DyingDisk disk = new DyingDisk(step);
        try {
            sync(files, disk, syncId, mode, more);
        } catch (DyingDisk.Killed e) {
            assertThat(disk.died()).isTrue();
        }
        return disk.died();
    }

    /** Reads what each partition still lacks, five days at a time, as a pass does; small files, so that several come. */
    private void sync(Path files, Disk disk, long syncId, SyncMode mode, int more) throws SQLException {
        StreamWriter writer = new FileSink(options(files), state, CLOCK, disk).open(STREAM, mode, syncId, FileCrashTest::save);
        for (int batch = 0; batch * 5 < DAYS; batch++) {
            for (String parent : PARENTS) {
                int from = mode.incremental() ? Math.max(batch * 5, progress(parent)) : batch * 5;
                int to = Math.min(DAYS, batch * 5 + 5);
                if (from < to) {
                    writer.write(records(parent, from, to, more), new Checkpoint(parent, new Cursor(FIRST, FIRST.plusDays(to - 1L)), null));
                }
            }
        }
        writer.finish(true);
        writer.close();
    }

    private static List<Map<String, Object>> records(String parent, int from, int to, int more) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int day = from; day < to; day++) {
            records.add(new HashMap<>(Map.of("card_id", parent, "time", FIRST.plusDays(day).toString(), "clicks", day + more)));
        }
        return records;
    }

    private static FileOptions options(Path files) {
        return new FileOptions(files, FileOptions.Format.JSONL, false, 900, Duration.ofMinutes(5));
    }

    private void startOver() {
        state.transaction(connection -> {
            Sql.execute(connection, "delete from progress");
            return null;
        });
    }

    private int progress(String parent) {
        return state.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select days from progress where card_id = ?")) {
                select.setString(1, parent);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getInt(1) : 0;
                }
            }
        });
    }

    private static void save(Connection connection, List<Checkpoint> checkpoints) throws SQLException {
        for (Checkpoint checkpoint : checkpoints) {
            try (PreparedStatement merge = connection.prepareStatement("merge into progress (card_id, days) key (card_id) values (?, ?)")) {
                merge.setString(1, checkpoint.partition());
                merge.setLong(2, ChronoUnit.DAYS.between(FIRST, checkpoint.cursor().last()) + 1);
                merge.executeUpdate();
            }
        }
    }

    /** What a reader sees; fails on a line that is not whole. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> read(Path files) throws IOException {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String name : new TreeSet<>(new LocalDisk().names(files.resolve("clicks")))) {
            if (!name.startsWith(".") && !name.startsWith("_")) {
                String text = Files.readString(files.resolve("clicks").resolve(name));
                assertThat(text).as(name).endsWith("\n");
                for (String line : text.split("\n")) {
                    records.add(new ObjectMapper().readValue(line, Map.class));
                }
            }
        }
        return records;
    }

    private static void assertOnceEach(List<Map<String, Object>> records, int more) {
        Set<List<Object>> keys = new HashSet<>();
        for (Map<String, Object> record : records) {
            assertThat(keys.add(List.of(record.get("card_id"), record.get("time")))).as("once: " + record).isTrue();
            assertThat(FIRST.plusDays((int) record.get("clicks") - more)).isEqualTo(record.get("time").toString());
        }
    }

    private static List<String> hidden(Path files) throws IOException {
        return new LocalDisk().names(files.resolve("clicks")).stream().filter(name -> name.startsWith(".")).toList();
    }

    private static void assertSuccessFits(Path files) throws Exception {
        byte[] content = Files.readAllBytes(files.resolve("clicks/clicks.jsonl"));
        String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(new ObjectMapper().readTree(files.resolve("clicks/_SUCCESS.json").toFile()).get("sha256").asText()).isEqualTo(sha);
    }
}
