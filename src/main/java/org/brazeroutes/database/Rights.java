package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.brazeroutes.stream.ColumnType;

/** What the user may do in the schema of our tables: it is tried, and taken back. */
public final class Rights {

    private static final String TRIAL = "braze_check";
    private static final String TRIAL_COLUMN = "id";
    private static final int LOCKED_SECONDS = 5;
    /** PostgreSQL's SQL state of a statement that took too long. */
    private static final String CANCELED = "57014";

    private final Database database;

    public Rights(Database database) {
        this.database = database;
    }

    /**
     * Creates what a sync creates, to see whether the user may, and takes it back. A schema that is not there yet stays untried where
     * creating it is final. Returns what to know of a table that stays, for the user may not drop it.
     */
    public Optional<String> tryCreating() {
        return database.transaction(connection -> {
            boolean gone = true;
            if (database.dialect().rollsBackTables()) {
                database.schema().createIfMissing(connection);
                createTrial(connection);
                connection.rollback();
            } else if (!database.schema().isMissing(connection)) {
                gone = tryTable(connection);
            }
            return gone ? Optional.empty() : Optional.of("the empty table " + database.schema().storedName(TRIAL) + " of a check stays, for the user of "
                    + database.settings().setting("username") + " may not drop it. Drop it, or grant DROP; nothing but 'reset --drop' needs that right");
        });
    }

    /**
     * Has the database say whether the user may change the rows of a table that is there, and changes none. While somebody else has it
     * locked the database says nothing.
     *
     * @param columns  as stored, those that a sync writes
     * @param replaces false for a table that rows are only added to
     */
    public void tryChanging(Connection connection, String table, List<String> columns, boolean replaces) throws SQLException {
        if (connection.isReadOnly()) {
            // a file that a check opens: whether that can be written, the file system says
            return;
        }
        String name = database.table(table);
        String none = " where 1 = 0";
        String all = Sql.join(", ", columns, database.dialect()::quote);
        tryOut(connection, "insert into " + name + " (" + all + ") select " + all + " from " + name + none);
        if (replaces) {
            tryOut(connection, "update " + name + " set " + Sql.join(", ", columns, column -> database.dialect().quote(column) + " = "
                    + database.dialect().quote(column)) + none);
            tryOut(connection, "delete from " + name + none);
        }
    }

    /** Takes back what triggers may have done. */
    private static void tryOut(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LOCKED_SECONDS);
            statement.execute(sql);
        } catch (SQLException e) {
            if (!(e instanceof SQLTimeoutException) && !Sql.hasState(e, CANCELED)) {
                throw e;
            }
        } finally {
            connection.rollback();
        }
    }

    /** Has the database say whether the user may make the temporary tables that rows of tables go through, and leaves none. */
    public void tryStaging() {
        database.transaction(connection -> {
            if (!connection.isReadOnly() && !database.schema().isMissing(connection)) {
                String stage = database.dialect().sessionTable(TRIAL + "_stage");
                for (String sql : database.dialect().createSessionTable(stage, List.of(TRIAL_COLUMN + " bigint not null"), List.of(TRIAL_COLUMN))) {
                    Sql.execute(connection, sql);
                }
                Sql.execute(connection, database.dialect().dropSessionTable(stage));
            }
            return null;
        });
    }

    /** False if a trial stays, of now or of before, which the user may not drop. */
    private boolean tryTable(Connection connection) throws SQLException {
        if (!dropTrial(connection)) {
            return false;
        }
        createTrial(connection);
        return dropTrial(connection);
    }

    private void createTrial(Connection connection) throws SQLException {
        if (!database.schema().exists(connection, TRIAL)) {
            Sql.execute(connection, "create table " + database.table(TRIAL) + " (" + TRIAL_COLUMN + " bigint)"
                    + database.dialect().tableOptions());
        }
    }

    /** Drops what can be nothing but a trial. False if the user may not. */
    private boolean dropTrial(Connection connection) throws SQLException {
        Map<String, String> columns = database.schema().columns(connection, TRIAL);
        if (columns.keySet().equals(Set.of(database.dialect().stored(TRIAL_COLUMN)))
                && database.dialect().holds(columns.values().iterator().next(), ColumnType.INTEGER, 0)
                && !Sql.any(connection, "select 1 from " + database.table(TRIAL) + database.dialect().first(1))) {
            try {
                Sql.execute(connection, "drop table " + database.table(TRIAL));
            } catch (SQLException e) {
                if (!database.dialect().lacksRight(e)) {
                    throw e;
                }
                return false;
            }
        }
        return true;
    }
}
