package org.brazeroutes.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Rights;
import org.brazeroutes.stream.ColumnType;

/** The tables of the state and their layout. */
final class StateTables {

    static final String SETTINGS = "braze_settings";
    static final String STREAMS = "braze_streams";
    static final String CURSORS = "braze_cursors";
    static final String SYNCS = "braze_syncs";

    private StateTables() {
    }

    static void create(Database database, Connection connection) throws SQLException {
        Dialect dialect = database.dialect();
        String key = dialect.keyType(dialect.keyLength(0));
        String stream = "stream " + dialect.keyType(dialect.keyLength(1)) + " not null";
        String text = dialect.type(ColumnType.STRING);
        String time = dialect.type(ColumnType.DATE_TIME);
        database.schema().create(connection, SETTINGS, "name " + key + " not null, setting " + text + ", primary key (name)");
        database.schema().create(connection, STREAMS, stream + ", sync_id bigint not null, listed bigint not null, "
                + "empty_once boolean not null, owner " + text + ", owner_host " + text + ", owner_pid bigint, "
                + "owner_started bigint, lease_until " + time + ", primary key (stream)");
        database.schema().create(connection, CURSORS, stream + ", partition_id " + key + " not null, "
                + "first_day date, last_day date, gone boolean not null, seen " + text + ", prints " + text + ", primary key (stream, partition_id)",
                Map.of("seen", text, "prints", text));
        database.schema().create(connection, SYNCS, stream + ", sync_id bigint not null, mode " + text
                + ", result " + text + ", records bigint, synced_rows bigint, requests bigint, retries bigint, "
                + "rate_limit_wait_ms bigint, started_at " + time + ", ended_at " + time + ", cursor_min date, "
                + "cursor_max date, error " + text + ", primary key (stream, sync_id)");
    }

    /** Has the database say whether the user may change what is in them, and changes nothing. */
    static void tryChanging(Database database, Connection connection) throws SQLException {
        for (String table : List.of(SETTINGS, STREAMS, CURSORS, SYNCS)) {
            new Rights(database).tryChanging(connection, table, List.copyOf(database.schema().columns(connection, table).keySet()), true);
        }
    }

    static boolean exist(Database database, Connection connection) throws SQLException {
        return database.schema().exists(connection, SYNCS);
    }
}
