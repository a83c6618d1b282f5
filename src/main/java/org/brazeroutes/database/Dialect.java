package org.brazeroutes.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.brazeroutes.stream.ColumnType;

/** What differs between database products; all SQL beside this is the same for all. */
public interface Dialect {

    /** The column type for values of a stream's type. */
    String type(ColumnType type);

    /** The column type of a string that is part of a key: 512 characters, compared exactly. */
    String keyType();

    /** The column type of a point in time. */
    String timestampType();

    /** The name as the catalogue stores an unquoted one. */
    String stored(String name);

    /** The name in SQL, quoted so that no reserved word or stranger's text harms. */
    default String quoted(String name) {
        return '"' + stored(name).replace("\"", "\"\"") + '"';
    }

    /** Sets a value as {@link org.brazeroutes.stream.ColumnType}; objects and arrays come as JSON text. */
    void set(PreparedStatement statement, int index, ColumnType type, Object value) throws SQLException;

    /** Creates a table of this session only, gone with its connection. */
    String createSessionTable(String table, List<String> columns, List<String> key);

    /** Inserts one row, or replaces the row of the same key; one parameter a column. */
    String put(String table, List<String> columns, List<String> key);

    /** True where both values are the same or both null. */
    String same(String left, String right);

    /** Moves all rows of the source table over, updating those whose key exists. */
    String upsert(String table, String source, List<String> columns, List<String> key, List<String> alsoSet);

    /** The end of a select that must see a row unchanged until the transaction ends. */
    String lockForShare();

    /** The current time as a point in time. */
    String now();

    /** True if a connection failed because another process has the database. */
    boolean heldByOther(SQLException e);
}
