package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Column;

/** The SQL that both writers share: filling a table or its stage, and moving what changed from the stage to the table. */
record Target(Database database, Tables tables, Table table, Unnester unnester, Clock clock, long syncId) {

    String name() {
        return database.table(table.name());
    }

    List<String> quoted(List<String> columns) {
        return columns.stream().map(dialect()::quoted).toList();
    }

    /** Plain inserts: the rows must be new. */
    void insert(Connection connection, Collection<Row> rows) throws SQLException {
        List<String> columns = quoted(table.columnNames());
        fill(connection, "insert into " + name() + " (" + String.join(", ", columns) + ") values ("
                + "?, ".repeat(columns.size() - 1) + "?)", rows);
    }

    /** Puts rows into the stage, replacing those of the same key. */
    void stage(Connection connection, String stage, Collection<Row> rows) throws SQLException {
        fill(connection, dialect().put(stage, quoted(table.columnNames()), quoted(table.key())), rows);
    }

    /** Takes out of the stage what stands in the table just so, and moves the rest over; returns the rows moved. */
    int moveChanged(Connection connection, String stage) throws SQLException {
        boolean marksRemoved = table.column(Table.REMOVED_AT).isPresent();
        Database.execute(connection, "delete from " + stage + " s where exists (select 1 from " + name() + " t where " + onKey("t", "s")
                + same() + (marksRemoved ? " and t." + dialect().quoted(Table.REMOVED_AT) + " is null" : "") + ")");
        int changed;
        try (PreparedStatement upsert = connection.prepareStatement(dialect().upsert(name(), stage, quoted(table.columnNames()),
                quoted(table.key()), List.of()))) {
            changed = upsert.executeUpdate();
        }
        if (changed > 0) {
            unnester.replace(connection, stage);
        }
        return changed;
    }

    /** Adds the stage's rows to those of earlier passes; returns their number. */
    int appendAll(Connection connection, String stage) throws SQLException {
        String columns = String.join(", ", quoted(table.columnNames()));
        try (PreparedStatement insert = connection.prepareStatement("insert into " + name() + " (" + columns + ") select " + columns
                + " from " + stage)) {
            int added = insert.executeUpdate();
            unnester.append(connection, stage);
            return added;
        }
    }

    String onKey(String left, String right) {
        return Sql.join(" and ", quoted(table.key()), column -> left + "." + column + " = " + right + "." + column);
    }

    private String same() {
        List<String> values = quoted(table.valueColumns());
        return values.isEmpty() ? ""
                : " and " + Sql.join(" and ", values, column -> dialect().same("t." + column, "s." + column));
    }

    private void fill(Connection connection, String sql, Collection<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Row row : rows) {
                set(statement, row.values());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void set(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Column column = table.columns().get(i);
            dialect().set(statement, i + 1, column.type(), values[i]);
        }
    }

    Dialect dialect() {
        return database.dialect();
    }
}
