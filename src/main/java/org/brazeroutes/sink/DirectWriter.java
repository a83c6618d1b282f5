package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.database.Sql;
import org.brazeroutes.database.UnknownOutcomeException;
import org.brazeroutes.json.Json;
import org.brazeroutes.stream.Causes;
import org.brazeroutes.stream.Checkpoint;

/**
 * Writes answers as they come, each in one transaction with its checkpoint. What comes while a transaction is under way
 * shares the next one: a thread whose answer waits writes all that wait, as soon as a connection is free. Rows of a table
 * with a key go through a stage, where those that did not change drop out; into one that was empty they go straight.
 */
final class DirectWriter implements StreamWriter {

    /** Rows from which on a transaction gets no larger: fewer cost a commit each, more make H2's file grow. */
    private static final int ENOUGH_ROWS = 2000;

    /** Rows that are worth a second transaction beside a running one. */
    private static final int ROWS_BESIDE = 500;

    private final Target target;
    private final RowMapper mapper;
    private final int writers;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final Deque<Session> idle = new ArrayDeque<>();
    /** With those that unnested tables will get. */
    private long waitingRows;
    private int writing;
    private volatile boolean empty;

    /** @param empty true if the table has no rows */
    DirectWriter(Target target, boolean empty) {
        this.target = target;
        this.empty = empty;
        this.mapper = new RowMapper(target.table(), target.dialect());
        this.writers = target.dialect().writers();
    }

    /** The rows of one answer. */
    private static final class Batch {

        private final Collection<Row> rows;
        private final long allRows;
        private final Checkpoint checkpoint;
        private boolean done;
        private long changed;
        /** Null once it is stored. */
        private RuntimeException failure;

        /** @param inner about how many rows unnested tables will get */
        Batch(Collection<Row> rows, long inner, Checkpoint checkpoint) {
            this.rows = rows;
            this.allRows = rows.size() + inner;
            this.checkpoint = checkpoint;
        }
    }

    @Override
    public Written write(List<Map<String, Object>> records, Checkpoint checkpoint) {
        List<String> refused = new ArrayList<>();
        Collection<Row> rows;
        Json.TURN.lock();
        try {
            rows = mapper.rows(records, target.clock().instant(), target.syncId(), refused).values();
        } finally {
            Json.TURN.unlock();
        }
        Batch batch = new Batch(rows, target.unnester().about(records), checkpoint);
        synchronized (this) {
            waiting.add(batch);
            waitingRows += batch.allRows;
        }
        boolean interrupted = false;
        while (true) {
            List<Batch> group;
            Session session;
            synchronized (this) {
                while (!batch.done && !worthWriting()) {
                    interrupted |= awaitChange();
                }
                if (batch.done) {
                    break;
                }
                group = group();
                session = idle.isEmpty() ? new Session(target) : idle.pop();
                writing++;
            }
            try {
                storeAll(session, group);
            } finally {
                synchronized (this) {
                    writing--;
                    idle.push(session);
                    group.forEach(each -> each.done = true);
                    notifyAll();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (batch.failure != null) {
            throw batch.failure;
        }
        int misfits = 0;
        for (Row row : rows) {
            misfits += row.misfits();
        }
        return new Written(batch.changed, misfits, refused);
    }

    /** True if the thread was interrupted: what is being stored is waited for all the same. */
    private boolean awaitChange() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** What waits goes at once if nothing is under way; beside another transaction only if it fills one of its own. */
    private boolean worthWriting() {
        return !waiting.isEmpty() && (writing == 0 || writing < writers && waitingRows >= ROWS_BESIDE);
    }

    private List<Batch> group() {
        List<Batch> group = new ArrayList<>();
        int rows = 0;
        while (rows < ENOUGH_ROWS && !waiting.isEmpty()) {
            Batch next = waiting.remove();
            group.add(next);
            rows += next.rows.size();
            waitingRows -= next.allRows;
        }
        return group;
    }

    /**
     * Stores them together or, if that fails, each by itself: one that cannot be stored must not take others along. A group whose
     * commit may have gone through is not stored again in a table without a key; the next pass reads from the cursor.
     */
    private void storeAll(Session session, List<Batch> group) {
        // what an Error leaves undone, in dealing with another one say, must not pass for stored
        RuntimeException undone = new RecordException("an answer could not be stored");
        group.forEach(batch -> batch.failure = undone);
        RuntimeException failure = store(session, group);
        boolean perhapsStored = failure != null && failure.getCause() instanceof UnknownOutcomeException && !target.table().keyed();
        for (Batch batch : group) {
            batch.failure = failure == null || group.size() == 1 || perhapsStored ? failure : store(session, List.of(batch));
        }
    }

    /** Stores them in one transaction; returns what it failed of, or null. */
    private RuntimeException store(Session session, List<Batch> group) {
        try {
            if (straight()) {
                try {
                    target.database().transaction(session.connection(), c -> insert(c, group));
                    return null;
                } catch (SQLException e) {
                    if (!target.table().keyed() || !String.valueOf(e.getSQLState()).startsWith("23")) {
                        throw e;
                    }
                    // a row is there already, so the table is not empty any more: compare from now on
                    empty = false;
                }
            }
            String stage = session.stage();
            target.database().transaction(session.connection(), c -> merge(c, stage, group));
            return null;
        } catch (SQLException e) {
            session.close();
            DatabaseException failed = target.database().failed(e);
            return group.size() == 1 && refusesValues(e) ? new RecordException(failed.getMessage(), e) : failed;
        } catch (RuntimeException e) {
            return e;
        } catch (Error e) {
            session.close();
            return new RecordException("an answer could not be stored: " + Causes.line(e), e);
        }
    }

    /** By SQL's classes for data and for constraints: this answer is refused, the next one may not be. */
    private static boolean refusesValues(SQLException e) {
        return String.valueOf(e.getSQLState()).matches("2[23].*");
    }

    private boolean straight() {
        return empty || !target.table().keyed();
    }

    private Void insert(Connection connection, List<Batch> group) throws SQLException {
        saveCheckpoints(connection, group);
        List<Row> rows = rows(group);
        if (!rows.isEmpty()) {
            target.insert(connection, rows);
            target.unnester().add(connection, rows);
        }
        group.forEach(batch -> batch.changed = batch.rows.size());
        return null;
    }

    private Void merge(Connection connection, String stage, List<Batch> group) throws SQLException {
        saveCheckpoints(connection, group);
        List<Row> rows = rows(group);
        long changed = 0;
        if (!rows.isEmpty()) {
            target.stage(connection, stage, rows);
            changed = target.moveChanged(connection, stage);
            Sql.execute(connection, target.dialect().emptySessionTable(stage));
        }
        // their sum is what counts
        group.forEach(batch -> batch.changed = 0);
        group.get(0).changed = changed;
        return null;
    }

    private void saveCheckpoints(Connection connection, List<Batch> group) throws SQLException {
        target.checkpoints().save(connection, group.stream().map(batch -> batch.checkpoint).toList());
    }

    private static List<Row> rows(List<Batch> group) {
        List<Row> rows = new ArrayList<>();
        group.forEach(batch -> rows.addAll(batch.rows));
        return rows;
    }

    @Override
    public void restart() {
        // rows are stored as they come; reading them again changes nothing
    }

    @Override
    public Written finish(boolean complete) {
        target.database().flush();
        return Written.NOTHING;
    }

    @Override
    public synchronized void close() {
        idle.forEach(Session::close);
        idle.clear();
    }
}
