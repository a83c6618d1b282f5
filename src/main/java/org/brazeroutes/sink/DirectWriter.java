package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.Database;

/**
 * Writes each answer at once, in one transaction with its checkpoint. Rows go through a stage of the connection, where
 * those that did not change drop out; into a table that was empty they go straight.
 */
final class DirectWriter implements StreamWriter {

    private final Target target;
    private Connection connection;
    private String stage;
    private boolean empty;

    DirectWriter(Target target) {
        this.target = target;
    }

    @Override
    public synchronized Written write(List<Map<String, Object>> records, Checkpoint checkpoint) {
        List<String> refused = new ArrayList<>();
        Map<List<Object>, Row> rows = new RowMapper(target.table()).rows(records, target.clock().instant(), target.syncId(), refused);
        int misfits = rows.values().stream().mapToInt(Row::misfits).sum();
        try {
            connect();
            return new Written(store(rows, checkpoint), misfits, refused);
        } catch (SQLException e) {
            close();
            throw target.database().failed(e);
        }
    }

    private long store(Map<List<Object>, Row> rows, Checkpoint checkpoint) throws SQLException {
        if (empty) {
            try {
                return Database.transaction(connection, c -> {
                    checkpoint.save(c);
                    target.insert(c, rows.values());
                    target.unnester().add(c, rows.values());
                    return (long) rows.size();
                });
            } catch (SQLException e) {
                if (!String.valueOf(e.getSQLState()).startsWith("23")) {
                    throw e;
                }
                // a row is there already, so the table is not empty any more: compare from now on
                empty = false;
            }
        }
        return Database.transaction(connection, c -> {
            checkpoint.save(c);
            if (rows.isEmpty()) {
                return 0L;
            }
            target.stage(c, stage, rows.values());
            long changed = target.moveChanged(c, stage);
            Database.execute(c, "delete from " + stage);
            return changed;
        });
    }

    private void connect() throws SQLException {
        if (connection == null) {
            connection = target.database().dataSource().getConnection();
            empty = target.tables().isEmpty(connection, target.table());
            stage = target.tables().createStage(connection, target.table());
        }
    }

    @Override
    public void restart() {
        // rows are stored as they come; reading them again changes nothing
    }

    @Override
    public Written finish(boolean complete, Checkpoint checkpoint) {
        return Written.NOTHING;
    }

    @Override
    public synchronized void close() {
        Stages.close(target.dialect(), connection, stage);
        connection = null;
    }
}
