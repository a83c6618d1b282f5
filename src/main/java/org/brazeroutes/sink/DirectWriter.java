package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.database.Sql;
import org.brazeroutes.database.UnknownOutcomeException;
import org.brazeroutes.json.Json;
import org.brazeroutes.sink.Answers.Answer;
import org.brazeroutes.stream.Causes;
import org.brazeroutes.stream.Checkpoint;

/**
 * Writes answers as they come, each in one transaction with its checkpoint and with the others that waited for it. Rows of a table
 * with a key go through a stage, where those that did not change drop out; into one that was empty they go straight.
 */
final class DirectWriter implements StreamWriter {

    /** SQL's classes for data and for constraints: this answer is refused, the next one may not be. */
    private static final String REFUSED = "2[23].*";

    private final Target target;
    private final RowMapper mapper;
    private final Answers answers;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean empty;

    /** @param empty true if the table has no rows */
    DirectWriter(Target target, boolean empty) {
        this.target = target;
        this.empty = empty;
        this.mapper = new RowMapper(target.table(), target.dialect());
        this.answers = new Answers(target.dialect().writers(), this::storeInFreeSession);
    }

    @Override
    public Written write(List<Map<String, Object>> records, Checkpoint checkpoint) {
        List<String> refused = new ArrayList<>();
        Collection<Row> rows = rows(records, refused);
        Answer answer = new Answer(rows, target.unnester().about(records), checkpoint);
        answers.store(answer);
        if (answer.failure != null) {
            throw answer.failure;
        }
        return new Written(answer.changed, rows.stream().mapToInt(Row::misfits).sum(), refused);
    }

    private Collection<Row> rows(List<Map<String, Object>> records, List<String> refused) {
        Json.TURN.lock();
        try {
            return mapper.rows(records, target.clock().instant(), target.syncId(), refused).values();
        } finally {
            Json.TURN.unlock();
        }
    }

    private void storeInFreeSession(List<Answer> group) {
        Session free = idle.poll();
        Session session = free == null ? new Session(target) : free;
        try {
            storeAll(session, group);
        } finally {
            idle.push(session);
        }
    }

    /**
     * Stores them together or, if that fails, each by itself: one that cannot be stored must not take others along. A group whose
     * commit may have gone through is not stored again in a table without a key; the next pass reads from the cursor.
     */
    private void storeAll(Session session, List<Answer> group) {
        RuntimeException failure = store(session, group);
        boolean perhapsStored = failure != null && failure.getCause() instanceof UnknownOutcomeException && !target.table().keyed();
        for (Answer answer : group) {
            answer.failure = failure == null || group.size() == 1 || perhapsStored ? failure : store(session, List.of(answer));
        }
    }

    /** Stores them in one transaction; returns what it failed of, or null. */
    private RuntimeException store(Session session, List<Answer> group) {
        try {
            if (!storeStraight(session, group)) {
                String stage = session.stage();
                target.database().transaction(session.connection(), c -> merge(c, stage, group));
            }
            return null;
        } catch (SQLException e) {
            session.close();
            DatabaseException failed = target.database().failed(e);
            return group.size() == 1 && Sql.hasState(e, REFUSED) ? new RecordException(failed.getMessage(), e) : failed;
        } catch (RuntimeException e) {
            return e;
        } catch (Error e) {
            session.close();
            return new RecordException("an answer could not be stored: " + Causes.line(e), e);
        }
    }

    /** False if they must be compared with the rows that are there. */
    private boolean storeStraight(Session session, List<Answer> group) throws SQLException {
        boolean keyed = target.table().keyed();
        if (keyed && !empty) {
            return false;
        }
        try {
            target.database().transaction(session.connection(), c -> insert(c, group));
            return true;
        } catch (SQLException e) {
            if (!keyed || !Sql.hasState(e, "23.*")) {
                throw e;
            }
            // a row is there already, so the table is not empty any more: compare from now on
            empty = false;
            return false;
        }
    }

    private Void insert(Connection connection, List<Answer> group) throws SQLException {
        saveCheckpoints(connection, group);
        List<Row> rows = rows(group);
        if (!rows.isEmpty()) {
            target.insert(connection, rows);
            target.unnester().add(connection, rows);
        }
        group.forEach(answer -> answer.changed = answer.rows.size());
        return null;
    }

    private Void merge(Connection connection, String stage, List<Answer> group) throws SQLException {
        saveCheckpoints(connection, group);
        List<Row> rows = rows(group);
        long changed = 0;
        if (!rows.isEmpty()) {
            target.stage(connection, stage, rows);
            changed = target.moveChanged(connection, stage);
            Sql.execute(connection, target.dialect().emptySessionTable(stage));
        }
        // their sum is what counts
        group.forEach(answer -> answer.changed = 0);
        group.get(0).changed = changed;
        return null;
    }

    private void saveCheckpoints(Connection connection, List<Answer> group) throws SQLException {
        target.checkpoints().save(connection, group.stream().map(answer -> answer.checkpoint).toList());
    }

    private static List<Row> rows(List<Answer> group) {
        List<Row> rows = new ArrayList<>();
        group.forEach(answer -> rows.addAll(answer.rows));
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
    public void close() {
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            session.close();
        }
    }
}
