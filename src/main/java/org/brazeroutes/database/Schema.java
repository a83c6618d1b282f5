package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schema that holds our tables: their names, what is there, and how what is missing is made. */
public final class Schema {

    private final DatabaseSettings settings;
    private final Dialect dialect;

    Schema(DatabaseSettings settings, Dialect dialect) {
        this.settings = settings;
        this.dialect = dialect;
    }

    /** The table of that name, in SQL: with schema and prefix. */
    String table(String name) {
        String table = dialect.quoted(settings.prefix() + name);
        return settings.schema().isEmpty() ? table : nameInSql() + "." + table;
    }

    private String nameInSql() {
        return dialect.quote(dialect.storedSchema(settings.schema()));
    }

    /** The table's name as its catalogue stores it, with the prefix. */
    public String storedName(String table) {
        return dialect.stored(settings.prefix() + table);
    }

    /** The table's columns in their order, by their names as stored, each with its type as the catalogue has it; empty if there is no such table. */
    public Map<String, String> columns(Connection connection, String table) throws SQLException {
        return dialect.columns(connection, catalog(connection), schema(connection), storedName(table));
    }

    /** True if there is such a table. */
    public boolean exists(Connection connection, String table) throws SQLException {
        return !columns(connection, table).isEmpty();
    }

    /** The columns of the table's primary key in their order, as stored. */
    public List<String> primaryKey(Connection connection, String table) throws SQLException {
        var columns = new TreeMap<Integer, String>();
        try (ResultSet found = connection.getMetaData().getPrimaryKeys(catalog(connection), schema(connection), storedName(table))) {
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
            Sql.execute(connection, "create table " + table(table) + " (" + columns + ")" + dialect.tableOptions());
            return;
        }
        for (Map.Entry<String, String> column : later.entrySet()) {
            if (!existing.containsKey(dialect.stored(column.getKey()))) {
                Sql.execute(connection, "alter table " + table(table) + " add " + column.getKey() + " " + column.getValue());
            }
        }
    }

    private String schema(Connection connection) throws SQLException {
        return dialect.schemasAreCatalogs() ? null : schemaOr(connection.getSchema());
    }

    private String catalog(Connection connection) throws SQLException {
        return dialect.schemasAreCatalogs() ? schemaOr(connection.getCatalog()) : null;
    }

    private String schemaOr(String ofConnection) {
        return settings.schema().isEmpty() ? ofConnection : dialect.storedSchema(settings.schema());
    }

    void createIfMissing(Connection connection) throws SQLException {
        if (isMissing(connection)) {
            Sql.execute(connection, "create schema " + nameInSql());
        }
    }

    boolean isMissing(Connection connection) throws SQLException {
        return !settings.schema().isEmpty() && !all(connection).contains(dialect.storedSchema(settings.schema()));
    }

    private List<String> all(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet found = dialect.schemasAreCatalogs() ? metaData.getCatalogs() : metaData.getSchemas()) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }
}
