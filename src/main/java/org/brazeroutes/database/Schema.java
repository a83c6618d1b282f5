package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.brazeroutes.stream.ColumnType;

/** The schema that holds our tables: what is in it, and how what is missing there is made. */
public final class Schema {

    private static final String TRIAL = "braze_check";
    private static final String TRIAL_COLUMN = "id";
    private static final int LOCKED_SECONDS = 5;
    /** PostgreSQL's SQL state of a statement that took too long. */
    private static final String CANCELED = "57014";

    private final Database database;
    private final DatabaseSettings settings;

    Schema(Database database, DatabaseSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** The table's columns in their order, by their names as stored, each with its type as the catalogue has it; empty if there is no such table. */
    public Map<String, String> columns(Connection connection, String table) throws SQLException {
        return database.dialect().columns(connection, catalog(connection), schema(connection), database.storedName(table));
    }

    /** The columns of the table's primary key in their order, as stored. */
    public List<String> primaryKey(Connection connection, String table) throws SQLException {
        var columns = new TreeMap<Integer, String>();
        try (ResultSet found = connection.getMetaData().getPrimaryKeys(catalog(connection), schema(connection), database.storedName(table))) {
            while (found.next()) {
                columns.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(columns.values());
    }

    /** Creates a table of ours if it is not there. */
    public void create(Connection connection, String table, String columns) throws SQLException {
        create(connection, table, columns, Map.of());
    }

    /**
     * The same for a table that earlier builds made with fewer columns.
     *
     * @param later those of the columns, with their types, that earlier builds did not have; a table lacking them gets them
     */
    public void create(Connection connection, String table, String columns, Map<String, String> later) throws SQLException {
        Map<String, String> existing = columns(connection, table);
        if (existing.isEmpty()) {
            Database.execute(connection, "create table " + database.table(table) + " (" + columns + ")" + database.dialect().tableOptions());
            return;
        }
        for (Map.Entry<String, String> column : later.entrySet()) {
            if (!existing.containsKey(database.dialect().stored(column.getKey()))) {
                Database.execute(connection, "alter table " + database.table(table) + " add " + column.getKey() + " " + column.getValue());
            }
        }
    }

    private String schema(Connection connection) throws SQLException {
        return database.dialect().schemasAreCatalogs() ? null : schemaOr(connection.getSchema());
    }

    private String catalog(Connection connection) throws SQLException {
        return database.dialect().schemasAreCatalogs() ? schemaOr(connection.getCatalog()) : null;
    }

    private String schemaOr(String ofConnection) {
        return settings.schema().isEmpty() ? ofConnection : database.dialect().storedSchema(settings.schema());
    }

    void createIfMissing() {
        if (!settings.schema().isEmpty()) {
            database.creating(connection -> {
                createIfMissing(connection);
                return null;
            });
        }
    }

    private void createIfMissing(Connection connection) throws SQLException {
        if (isMissing(connection)) {
            Database.execute(connection, "create schema " + database.schemaName());
        }
    }

    private boolean isMissing(Connection connection) throws SQLException {
        return !settings.schema().isEmpty() && !all(connection).contains(database.dialect().storedSchema(settings.schema()));
    }

    /**
     * Creates what a sync creates, to see whether the user may, and takes it back. A schema that is not there yet stays untried where
     * creating it is final. Returns what to know of a table that stays, for the user may not drop it.
     */
    public Optional<String> tryCreating() {
        return database.transaction(connection -> {
            boolean gone = true;
            if (database.dialect().rollsBackTables()) {
                createIfMissing(connection);
                createTrial(connection);
                connection.rollback();
            } else if (!isMissing(connection)) {
                gone = tryTable(connection);
            }
            return gone ? Optional.empty() : Optional.of("the empty table " + database.storedName(TRIAL) + " of a check stays, for the user of "
                    + settings.setting("username") + " may not drop it. Drop it, or grant DROP; nothing but 'reset --drop' needs that right");
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
            if (!(e instanceof SQLTimeoutException) && !CANCELED.equals(e.getSQLState())) {
                throw e;
            }
        } finally {
            connection.rollback();
        }
    }

    /** Has the database say whether the user may make the temporary tables that rows of tables go through, and leaves none. */
    public void tryStaging() {
        database.transaction(connection -> {
            if (!connection.isReadOnly() && !isMissing(connection)) {
                String stage = database.dialect().sessionTable(TRIAL + "_stage");
                for (String sql : database.dialect().createSessionTable(stage, List.of(TRIAL_COLUMN + " bigint not null"), List.of(TRIAL_COLUMN))) {
                    Database.execute(connection, sql);
                }
                Database.execute(connection, database.dialect().dropSessionTable(stage));
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
        if (columns(connection, TRIAL).isEmpty()) {
            Database.execute(connection, "create table " + database.table(TRIAL) + " (" + TRIAL_COLUMN + " bigint)"
                    + database.dialect().tableOptions());
        }
    }

    /** Drops what can be nothing but a trial. False if the user may not. */
    private boolean dropTrial(Connection connection) throws SQLException {
        Map<String, String> columns = columns(connection, TRIAL);
        if (columns.keySet().equals(Set.of(database.dialect().stored(TRIAL_COLUMN)))
                && database.dialect().holds(columns.values().iterator().next(), ColumnType.INTEGER, 0)
                && !Sql.any(connection, "select 1 from " + database.table(TRIAL) + database.dialect().first(1))) {
            try {
                Database.execute(connection, "drop table " + database.table(TRIAL));
            } catch (SQLException e) {
                if (!database.dialect().lacksRight(e)) {
                    throw e;
                }
                return false;
            }
        }
        return true;
    }

    private List<String> all(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet found = database.dialect().schemasAreCatalogs() ? metaData.getCatalogs() : metaData.getSchemas()) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }
}
