package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.ColumnType;

/** Which tables are ours, and which of them are the unnested ones of another: a table beside them. */
final class Register {

    private static final String TABLE = "braze_tables";

    private final Database database;

    Register(Database database) {
        this.database = database;
    }

    /** Creates it; once, before any stream needs it. Earlier builds had no parents in it: their unnested tables are filled. */
    void create(Connection connection) throws SQLException {
        String key = database.dialect().keyType(Dialect.KEY_LENGTH);
        String flag = database.dialect().type(ColumnType.BOOLEAN);
        database.schema().create(connection, TABLE, "name " + key + " not null, parent " + key + ", filled " + flag + ", primary key (name)",
                Map.of("parent", key, "filled", flag));
    }

    boolean has(Connection connection, String table) throws SQLException {
        return Sql.any(connection, "select 1 from " + name() + " where name = ?", table);
    }

    /** The same where nothing of ours may be there yet, not even the register. */
    boolean hasIfThere(Connection connection, String table) throws SQLException {
        return database.schema().exists(connection, TABLE) && has(connection, table);
    }

    void add(Connection connection, String table) throws SQLException {
        if (!has(connection, table)) {
            Sql.update(connection, "insert into " + name() + " (name) values (?)", table);
        }
    }

    void remove(Connection connection, String table) throws SQLException {
        Sql.update(connection, "delete from " + name() + " where name = ?", table);
    }

    /** The unnested tables of ours that belong to a stream's, also those that its route does not declare any more. */
    List<String> unnested(Connection connection, String parent) throws SQLException {
        return Sql.query(connection, "select name from " + name() + " where parent = ?", row -> row.getString(1), parent);
    }

    /** True if the unnested table, as far as it is still there, is ours and has the rows of its parent's. */
    boolean isFilled(Connection connection, String table) throws SQLException {
        return Sql.any(connection, "select 1 from " + name() + " where name = ? and (filled is null or filled = ?)", table, true);
    }

    void setFilled(Connection connection, String table, String parent, boolean filled) throws SQLException {
        Sql.update(connection, "update " + name() + " set parent = ?, filled = ? where name = ?", parent, filled, table);
    }

    private String name() {
        return database.table(TABLE);
    }
}
