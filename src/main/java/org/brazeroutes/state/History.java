package org.brazeroutes.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Sql;

/** The latest passes of each stream and how they ended. */
public final class History {

    /** Passes kept of each stream; enough for four days of an hourly schedule. */
    private static final int LENGTH = 100;

    private static final String COLUMNS = "stream, sync_id, mode, result, records, synced_rows, requests, retries, rate_limit_wait_ms, started_at, ended_at,"
            + " cursor_min, cursor_max, error";

    private final Database database;

    History(Database database) {
        this.database = database;
    }

    /** Adds a pass, or replaces it. */
    public void save(SyncRecord sync) {
        database.transaction(connection -> {
            Sql.update(connection, "delete from " + table() + " where stream = ? and sync_id = ?", sync.stream(), sync.syncId());
            Sql.update(connection, "insert into " + table() + " (" + COLUMNS + ") values (" + Sql.places(14) + ")",
                    sync.stream(), sync.syncId(), sync.mode(), sync.result(), sync.records(), sync.rows(), sync.requests(), sync.retries(),
                    sync.rateLimitWaitMs(), database.dialect().time(sync.started()), database.dialect().time(sync.ended()), sync.cursorMin(),
                    sync.cursorMax(), sync.error());
            return Sql.update(connection, "delete from " + table() + " where stream = ? and sync_id not in (select sync_id from (select sync_id from "
                    + table() + " where stream = ? order by sync_id desc" + database.dialect().first(LENGTH) + ") newest)", sync.stream(), sync.stream());
        });
    }

    /** The latest pass of each stream. */
    public Map<String, SyncRecord> last() {
        var last = new HashMap<String, SyncRecord>();
        database.transaction(connection -> Sql.query(connection, "select " + COLUMNS + " from " + table() + " s where sync_id = (select max(sync_id) from "
                + table() + " l where l.stream = s.stream)", row -> last.put(row.getString(1), sync(row))));
        return last;
    }

    private SyncRecord sync(ResultSet row) throws SQLException {
        return new SyncRecord(row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getLong(5), row.getLong(6), row.getLong(7),
                row.getLong(8), row.getLong(9), database.dialect().time(row, 10), database.dialect().time(row, 11),
                row.getObject(12, LocalDate.class), row.getObject(13, LocalDate.class), row.getString(14));
    }

    /** When each stream's last pass of that result ended; streams without any are missing. */
    public Map<String, Instant> lastEnded(String result) {
        var ended = new HashMap<String, Instant>();
        database.transaction(connection -> Sql.query(connection, "select stream, max(ended_at) from " + table() + " where result = ? group by stream",
                row -> ended.put(row.getString(1), database.dialect().time(row, 2)), result));
        return ended;
    }

    void drop(Connection connection, String stream) throws SQLException {
        Sql.update(connection, "delete from " + table() + " where stream = ?", stream);
    }

    private String table() {
        return database.table(StateTables.SYNCS);
    }
}
