package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Date;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and unnested tables in a real H2, with content that wants to break out. */
class TablesTest {

    private static final String HOSTILE = "'; DROP TABLE \"THINGS\"; -- ${x} {{y}} \uD83D\uDE00";
    /** A column may be a reserved word of the database. */
    private static final Stream THINGS = Declaration.parse("things", Map.of("path", "/things", "permission", "things", "parent", "parents",
            "partition", "id", "records", "data", "maxDays", "10", "cursor", "time", "primaryKey", "id, time",
            "columns", "id string, time date, select string, parts object", "unnest", "things_parts = parts.{group}[position]"));

    @TempDir
    Path directory;
    private Database database;

    @BeforeEach
    void open() {
        String url = "jdbc:h2:file:" + directory.resolve("braze");
        database = Database.open(new DatabaseSettings(url, "", "", "", "", 5, url));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void hostileContentIsStoredAsItIsAndUnnestedWithItsParent() throws Exception {
        write(true, record("2026-09-01", Map.of(HOSTILE, List.of(Map.of("sent", 3, HOSTILE, HOSTILE), Map.of("variation_name", HOSTILE)))));
        assertThat(rows("select id, \"SELECT\" from things")).containsExactly(List.of(HOSTILE, HOSTILE));
        assertThat(rows("select id, \"GROUP\", position, sent, variation_name from things_parts order by position")).containsExactly(
                Arrays.asList(HOSTILE, HOSTILE, 0L, 3L, null), Arrays.asList(HOSTILE, HOSTILE, 1L, null, HOSTILE));
        assertThat(rows("select cast(_extra as varchar) from things_parts where position = 0").get(0).get(0).toString()).contains("DROP TABLE");
    }

    @Test
    void aNameThatADatabaseWouldCutIsRefused() {
        Stream long40 = Declaration.parse("l".repeat(40), Map.of("path", "/things", "permission", "things", "pageSize", "10", "primaryKey", "id",
                "columns", "id string"));
        String url = "jdbc:h2:mem:names";
        try (Database prefixed = Database.open(new DatabaseSettings(url, "", "", "", "p".repeat(24), 5, url))) {
            assertThatThrownBy(() -> new JdbcSink(prefixed, true, false, Clock.systemUTC()).open(long40, SyncMode.FULL_REFRESH_OVERWRITE, 1, (c, all) -> { }))
                    .isInstanceOf(SinkException.class).hasMessageContaining("has 64 characters, databases take 63");
        }
    }

    @Test
    void innerRowsAreReplacedTogetherWithTheirParentRow() throws Exception {
        write(true, record("2026-09-01", Map.of("a", List.of(Map.of("sent", 1), Map.of("sent", 2)))), record("2026-09-02", Map.of("a", List.of(Map.of("sent", 9)))));
        assertThat(write(true, record("2026-09-01", Map.of("b", List.of(Map.of("sent", 4)))))).isEqualTo(1);
        assertThat(rows("select \"TIME\", \"GROUP\", position, sent from things_parts order by 1, 2, 3")).containsExactly(
                List.of(Date.valueOf("2026-09-01"), "b", 0L, 4L), List.of(Date.valueOf("2026-09-02"), "a", 0L, 9L));
    }

    @SafeVarargs
    private final long write(boolean unnest, Map<String, Object>... records) {
        JdbcSink sink = new JdbcSink(database, unnest, false, Clock.systemUTC());
        try (StreamWriter writer = sink.open(THINGS, SyncMode.INCREMENTAL_DEDUP, 1, (connection, checkpoints) -> { })) {
            return writer.write(List.of(records), Checkpoint.NONE).rows();
        }
    }

    private static Map<String, Object> record(String day, Map<String, Object> parts) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", HOSTILE);
        record.put("time", day);
        record.put("select", HOSTILE);
        record.put("parts", parts);
        return record;
    }

    private void execute(String... statements) {
        database.transaction(connection -> {
            for (String sql : statements) {
                Sql.execute(connection, sql);
            }
            return null;
        });
    }

    private List<List<Object>> rows(String sql) {
        return database.transaction(connection -> {
            List<List<Object>> rows = new ArrayList<>();
            try (ResultSet row = connection.createStatement().executeQuery(sql)) {
                while (row.next()) {
                    List<Object> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(row.getObject(i));
                    }
                    rows.add(values);
                }
            }
            return rows;
        });
    }
}
