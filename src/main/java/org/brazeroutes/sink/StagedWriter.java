package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.SyncMode;

/**
 * Gathers a whole pass in a stage that only its connection sees, then moves it into the table in one transaction of plain
 * deletes, updates and inserts, so that views, grants, indexes and extra columns of the table stay. A pass that is not
 * complete leaves nothing in the full-refresh modes.
 */
final class StagedWriter implements StreamWriter {

    private final Target target;
    private final RowMapper mapper;
    private final boolean overwrite;
    private final boolean append;
    private final boolean marked;
    private final Session session;
    private final String partition;
    private final List<String> kept = new ArrayList<>();
    private boolean filled;
    /** What took the rows along that were staged before it; null if they are there. */
    private DatabaseException lost;

    /**
     * @param marked    true if the table tells of rows that have left the source; an overwrite keeps none of them
     * @param partition the column that tells partitions apart, null for a list
     */
    StagedWriter(Target target, SyncMode mode, boolean marked, String partition) {
        this.target = target;
        this.mapper = new RowMapper(target.table(), target.dialect());
        this.overwrite = mode == SyncMode.FULL_REFRESH_OVERWRITE;
        this.append = mode == SyncMode.FULL_REFRESH_APPEND;
        this.marked = marked && overwrite;
        this.session = new Session(target);
        this.partition = partition;
    }

    @Override
    public synchronized Written write(List<Map<String, Object>> records, Checkpoint checkpoint) {
        List<String> refused = new ArrayList<>();
        Map<List<Object>, Row> rows = mapper.rows(records, target.clock().instant(), target.syncId(), refused);
        onConnection(c -> target.database().transaction(c, tx -> {
            target.stage(tx, session.stage(), rows.values());
            return null;
        }));
        filled |= !rows.isEmpty();
        return new Written(0, rows.values().stream().mapToInt(Row::misfits).sum(), refused);
    }

    @Override
    public synchronized void restart() {
        filled = false;
        lost = null;
        onConnection(c -> target.database().alone(c, free -> {
            Sql.execute(free, target.dialect().emptySessionTable(session.stage()));
            return null;
        }));
    }

    @Override
    public synchronized void keep(String id) {
        kept.add(id);
    }

    @Override
    public synchronized Written finish(boolean complete) {
        if ((overwrite || append) && !complete) {
            return Written.NOTHING;
        }
        long rows = onConnection(c -> target.database().transaction(c, tx -> {
            target.checkpoints().save(tx, List.of());
            return append ? appendAll(tx) : replaceAll(tx, complete);
        }));
        target.database().flush();
        return new Written(rows, 0, List.of());
    }

    private long appendAll(Connection tx) throws SQLException {
        int added = target.appendAll(tx, session.stage());
        if (added == 0 && filled) {
            throw new SinkException("the rows are gone that were put into a temporary table; " + target.database().shown()
                    + " must keep them over a commit");
        }
        return added;
    }

    private long replaceAll(Connection tx, boolean complete) throws SQLException {
        if (overwrite) {
            target.checkpoints().forget(tx);
        } else {
            stageKept(tx);
        }
        int removed = complete ? remove(tx) : 0;
        if (marked) {
            String removedAt = target.dialect().quoted(Table.REMOVED_AT);
            Sql.execute(tx, "update " + target.name() + " set " + removedAt + " = null where " + removedAt + " is not null");
        }
        return removed + target.moveChanged(tx, session.stage());
    }

    /** As they are stored, so that they neither count as gone nor change. */
    private void stageKept(Connection tx) throws SQLException {
        String columns = String.join(", ", target.dialect().quoted(target.table().columnNames()));
        for (String id : kept) {
            Sql.update(tx, "insert into " + session.stage() + " (" + columns + ") select " + columns + " from " + target.name() + " where "
                    + target.dialect().quoted(partition) + " = ? and " + target.dialect().quoted(Table.REMOVED_AT) + " is null", id);
        }
    }

    /** What is not in the stage has left the source: its rows go, or are marked in dedup mode. */
    private int remove(Connection tx) throws SQLException {
        String gone = " where not exists (select 1 from " + session.stage() + " s where " + target.onKey("s", "t") + ")";
        if (overwrite) {
            int removed = Sql.update(tx, target.dialect().deleteFrom(target.name(), "t") + gone);
            if (removed > 0) {
                target.unnester().removeOrphans(tx);
            }
            return removed;
        }
        String removedAt = target.dialect().quoted(Table.REMOVED_AT);
        Object now = target.dialect().time(RowMapper.time(target.clock().instant()).toInstant());
        int removed = Sql.update(tx, "update " + target.name() + " t set " + removedAt + " = ?, " + target.dialect().quoted(Table.SYNCED_AT) + " = ?, "
                + target.dialect().quoted(Table.SYNC_ID) + " = ?" + gone + " and t." + removedAt + " is null", now, now, target.syncId());
        if (removed > 0) {
            target.unnester().markRemoved(tx, now, target.syncId());
        }
        return removed;
    }

    /** The stage goes with its connection: what is tried again, by a redelivery say, must not pass for all there is. */
    private <T> T onConnection(Database.Work<T> work) {
        if (lost != null) {
            throw lost;
        }
        try {
            session.stage();
            return work.with(session.connection());
        } catch (SQLException e) {
            session.close();
            DatabaseException failed = target.database().failed(e);
            lost = filled ? failed : null;
            throw failed;
        }
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
