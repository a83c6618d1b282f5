package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pass leaves whose stage was lost with its connection. */
class StagedWriterTest {

    private static final Stream LINKS = Declaration.parse("links", Map.of("path", "/links", "permission", "links", "records", "links",
            "pageSize", "2", "primaryKey", "id", "columns", "id string"));
    private static final Checkpoint NONE = new Checkpoint("", null, null);

    @TempDir
    private Path directory;
    private Database database;

    @BeforeEach
    void open() {
        String url = "jdbc:h2:file:" + directory.resolve("braze");
        database = Database.open(new DatabaseSettings(url, "sa", "", "", "", 5, url));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(value = SyncMode.class, names = {"FULL_REFRESH_OVERWRITE", "INCREMENTAL_DEDUP"})
    void aPageThatIsTriedAgainDoesNotPassForTheWholeList(SyncMode mode) throws Exception {
        pass(mode, "a", "b", "c");
        StreamWriter writer = writer(mode, 2);
        writer.write(links("a", "b"), NONE);
        breakConnections();
        for (int tries = 0; tries < 2; tries++) {
            assertThatThrownBy(() -> writer.write(links("c"), NONE)).isInstanceOf(DatabaseException.class);
        }
        assertThatThrownBy(() -> writer.finish(true)).isInstanceOf(DatabaseException.class);
        writer.close();
        assertThat(stored()).containsExactly("a", "b", "c");
        if (mode == SyncMode.INCREMENTAL_DEDUP) {
            assertThat(query("select id from links where _removed_at is not null")).isEmpty();
        }
    }

    @Test
    void aListThatIsWalkedAnewIsWhole() throws Exception {
        pass(SyncMode.FULL_REFRESH_OVERWRITE, "a", "b");
        StreamWriter writer = writer(SyncMode.FULL_REFRESH_OVERWRITE, 2);
        writer.write(links("a", "b"), NONE);
        breakConnections();
        assertThatThrownBy(() -> writer.write(links("c"), NONE)).isInstanceOf(DatabaseException.class);
        writer.restart();
        writer.write(links("c", "d"), NONE);
        writer.finish(true);
        writer.close();
        assertThat(stored()).containsExactly("c", "d");
    }

    private void pass(SyncMode mode, String... ids) {
        StreamWriter writer = writer(mode, 1);
        writer.write(links(ids), NONE);
        writer.finish(true);
        writer.close();
    }

    private StreamWriter writer(SyncMode mode, long syncId) {
        return new JdbcSink(database, true, false, Clock.systemUTC()).open(LINKS, mode, syncId, new Checkpoints() {
            @Override
            public void save(Connection connection, List<Checkpoint> checkpoints) {
                // a list has none
            }

            @Override
            public void forget(Connection connection) {
                // nor days
            }
        });
    }

    private static List<Map<String, Object>> links(String... ids) {
        return java.util.stream.Stream.of(ids).<Map<String, Object>>map(id -> new LinkedHashMap<>(Map.of("id", id))).toList();
    }

    private void breakConnections() throws SQLException {
        try (Connection connection = database.connection()) {
            Sql.query(connection, "select abort_session(session_id) from information_schema.sessions where session_id <> session_id()", row -> row.getInt(1));
        }
    }

    private List<String> stored() throws SQLException {
        return query("select id from links order by id");
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = database.connection()) {
            return Sql.query(connection, sql, row -> row.getString(1));
        }
    }
}
