package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Sql;

/** The SQL that both writers share: filling a table or its stage, and moving what changed from the stage to the table. */
record Target(Database database, Tables tables, Table table, Unnester unnester, Clock clock, long syncId, Checkpoints checkpoints) {

    String name() {
        return database.table(table.name());
    }

    /** Plain inserts: the rows must be new. */
    void insert(Connection connection, Collection<Row> rows) throws SQLException {
        dialect().insert(connection, name(), dialect().quoted(table.columnNames()), table.types(), values(rows));
    }

    /** Puts rows into the stage, replacing those of the same key. */
    void stage(Connection connection, String stage, Collection<Row> rows) throws SQLException {
        dialect().put(connection, stage, dialect().quoted(table.columnNames()), table.types(), dialect().quoted(table.key()), values(rows));
    }

    private static List<Object[]> values(Collection<Row> rows) {
        return rows.stream().map(Row::values).toList();
    }

    /** Takes out of the stage what stands in the table just so, by a pass of ours, and moves the rest over; returns the rows moved. */
    int moveChanged(Connection connection, String stage) throws SQLException {
        boolean marksRemoved = table.column(Table.REMOVED_AT).isPresent();
        Sql.execute(connection, dialect().deleteFrom(stage, "s") + " where exists (select 1 from " + name() + " t where " + onKey("t", "s")
                + same() + " and t." + dialect().quoted(Table.SYNC_ID) + " is not null"
                + (marksRemoved ? " and t." + dialect().quoted(Table.REMOVED_AT) + " is null" : "") + ")");
        int changed = 0;
        for (String sql : dialect().upsert(name(), stage, dialect().quoted(table.columnNames()), dialect().quoted(table.key()))) {
            changed += Sql.update(connection, sql);
        }
        if (changed > 0) {
            unnester.replace(connection, stage);
        }
        return changed;
    }

    /** Adds the stage's rows to those of earlier passes; returns their number. */
    int appendAll(Connection connection, String stage) throws SQLException {
        String columns = String.join(", ", dialect().quoted(table.columnNames()));
        int added = Sql.update(connection, "insert into " + name() + " (" + columns + ") select " + columns + " from " + stage);
        unnester.append(connection, stage);
        return added;
    }

    String onKey(String left, String right) {
        return Sql.equal(dialect().quoted(table.key()), left, right);
    }

    private String same() {
        List<String> values = dialect().quoted(table.valueColumns());
        return values.isEmpty() ? ""
                : " and " + Sql.join(" and ", values, column -> dialect().same("t." + column, "s." + column));
    }

    Dialect dialect() {
        return database.dialect();
    }
}
