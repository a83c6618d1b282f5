package org.brazeroutes.database;

import com.zaxxer.hikari.HikariConfig;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.json.Json;
import org.brazeroutes.stream.ColumnType;

/** What differs between database products; all SQL beside this is the same for all. */
public interface Dialect {

    /** Characters that a string in a key may have. */
    int KEY_LENGTH = 512;

    /** JSON that one batch holds at most; a driver may need the heap several times for it. */
    long BATCH_BYTES = 4 << 20;

    /** The dialect of the product that a URL names. */
    static Dialect of(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return new H2Dialect();
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgresDialect();
        }
        if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            return new MariaDbDialect();
        }
        return new AnsiDialect();
    }

    /** The dialect of the server that the connection leads to, where a URL does not tell. */
    default Dialect on(Connection connection) throws SQLException {
        return this;
    }

    /** Sets what connections of this product need. */
    default void configure(HikariConfig config) {
        // nothing
    }

    /** True if one transaction must not run beside another in the database at that URL. */
    default boolean oneWriter(String url) {
        return false;
    }

    /** The statement that brings to the disk what is committed; empty where that is done when a commit returns. */
    default Optional<String> flush() {
        return Optional.empty();
    }

    /** True if rows can be replaced; false if they can only be added. */
    default boolean replaces() {
        return true;
    }

    /** The column type for values of a stream's type. */
    String type(ColumnType type);

    /**
     * The columns of a table by name, each with its type as the catalogue has it, in lower case: {@code varchar(20)}, or
     * {@code varchar} if its length has no limit.
     */
    default Map<String, String> columns(Connection connection, String catalog, String schema, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        DatabaseMetaData metaData = connection.getMetaData();
        String escape = metaData.getSearchStringEscape() + "_";
        try (ResultSet found = metaData.getColumns(catalog, schema == null ? null : schema.replace("_", escape), table.replace("_", escape), "%")) {
            while (found.next()) {
                columns.put(found.getString("COLUMN_NAME"), Sql.typeOf(found));
            }
        }
        return columns;
    }

    /**
     * True if a column of that type, as {@link #columns} has it, holds every value of a stream's type unchanged.
     *
     * @param length characters that a string has at most
     */
    default boolean holds(String stored, ColumnType type, int length) {
        return true;
    }

    /** True if {@link #setType} can make a key's column of one of that type, as {@link #columns} has it. */
    default boolean becomesKey(String stored) {
        return stored.matches("(varchar|character varying)\\(.*");
    }

    /** The column type of a string that is part of a key, compared exactly. */
    default String keyType(int length) {
        return "varchar(" + length + ")";
    }

    /** Characters that a string in a key may have, by its place among the key's strings, from 0. */
    default int keyLength(int place) {
        return KEY_LENGTH;
    }

    /** What follows the closing bracket of a table's definition. */
    default String tableOptions() {
        return "";
    }

    /** The name as the catalogue stores an unquoted one. */
    String stored(String name);

    /** The schema's name as the catalogue stores it. */
    default String storedSchema(String name) {
        return stored(name);
    }

    /** True if JDBC calls this product's schemas catalogues. */
    default boolean schemasAreCatalogs() {
        return false;
    }

    /** The stored name in SQL, quoted so that no reserved word or stranger's text harms. */
    default String quote(String stored) {
        return '"' + stored.replace("\"", "\"\"") + '"';
    }

    /** The name in SQL, as stored and quoted. */
    default String quoted(String name) {
        return quote(stored(name));
    }

    /** The names in SQL. */
    default List<String> quoted(List<String> names) {
        return names.stream().map(this::quoted).toList();
    }

    /** How a JSON object or array is handed to {@link #set} and {@link #insert}: in one spelling where equal values must be equal text. */
    default Object json(Object value) {
        return Json.canonical(value);
    }

    /** Sets a value as {@link ColumnType}; objects and arrays come as {@link #json} made them, JSON text in UTF-8. */
    default void set(PreparedStatement statement, int index, ColumnType type, Object value) throws SQLException {
        statement.setObject(index, value instanceof byte[] json ? new String(json, StandardCharsets.UTF_8) : value);
    }

    /** Reads a value as {@link #set} takes it. */
    default Object get(ResultSet row, int index, ColumnType type) throws SQLException {
        Object value = switch (type) {
            case STRING, OBJECT, ARRAY -> row.getString(index);
            case INTEGER -> row.getLong(index);
            case NUMBER -> row.getDouble(index);
            case BOOLEAN -> row.getBoolean(index);
            case DATE -> row.getObject(index, LocalDate.class);
            case DATE_TIME -> {
                Instant time = time(row, index);
                yield time == null ? null : time.atOffset(ZoneOffset.UTC);
            }
        };
        return row.wasNull() ? null : value;
    }

    /** A point in time as a parameter of a statement. */
    default Object time(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** Reads a point in time; null for null. */
    default Instant time(ResultSet row, int index) throws SQLException {
        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** True if the tables and schemas that a transaction created go when it is rolled back. */
    default boolean rollsBackTables() {
        return false;
    }

    /** The name of a table of this session only, in SQL. */
    default String sessionTable(String name) {
        return quoted(name);
    }

    /** The statements that create a table of this session only, gone with its connection. */
    default List<String> createSessionTable(String table, List<String> columns, List<String> key) {
        return List.of("create temporary table " + table + " " + Sql.definition(columns, key) + tableOptions());
    }

    /** Drops a table of this session. */
    default String dropSessionTable(String table) {
        return "drop table if exists " + table;
    }

    /** Removes the rows of a table of this session, in the running transaction. */
    default String emptySessionTable(String table) {
        return "delete from " + table;
    }

    /** False if a large result is held in memory as soon as its connection does anything else. */
    default boolean readsBesideWrites() {
        return true;
    }

    /** Connections that write one table faster together than one alone. */
    default int writers() {
        return 1;
    }

    /** Executes a statement once for each row; nothing without rows. */
    default void batch(Connection connection, String sql, List<ColumnType> types, Collection<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        long bytes = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    set(statement, i + 1, types.get(i), row[i]);
                    bytes += row[i] instanceof byte[] json ? json.length : 0;
                }
                statement.addBatch();
                if (bytes > BATCH_BYTES) {
                    statement.executeBatch();
                    bytes = 0;
                }
            }
            statement.executeBatch();
        }
    }

    /** Adds new rows, as fast as the product can. */
    default void insert(Connection connection, String table, List<String> columns, List<ColumnType> types, Collection<Object[]> rows)
            throws SQLException {
        batch(connection, Sql.insert(table, columns), types, rows);
    }

    /** Adds rows of different keys, replacing those whose key exists. */
    void put(Connection connection, String table, List<String> columns, List<ColumnType> types, List<String> key, Collection<Object[]> rows)
            throws SQLException;

    /** True where both values are the same or both null. */
    default String same(String left, String right) {
        return left + " is not distinct from " + right;
    }

    /** The statements that move all rows of the source table over, updating those whose key exists. */
    List<String> upsert(String table, String source, List<String> columns, List<String> key);

    /** The start of a delete whose condition knows the table by the alias. */
    default String deleteFrom(String table, String alias) {
        return "delete from " + table + " " + alias;
    }

    /** Gives a column that type. */
    default String setType(String table, String column, String type) {
        return "alter table " + table + " alter column " + column + " set data type " + type;
    }

    /** Forbids null in a column of that type. */
    default String setNotNull(String table, String column, String type) {
        return "alter table " + table + " alter column " + column + " set not null";
    }

    /** The end of a select that returns the first rows only. */
    default String first(int rows) {
        return " fetch first " + rows + " rows only";
    }

    /** The end of a select that is about to change a row; if another transaction has it, it is waited for or left out. */
    default String lockForUpdate() {
        return " for update";
    }

    /** The end of a select that must see a row unchanged until the transaction ends. */
    default String lockForShare() {
        return " for update";
    }

    /** The current time as a point in time. */
    default String now() {
        return "current_timestamp";
    }

    /** True if the driver refused the URL itself. */
    default boolean refusesUrl(SQLException e) {
        return false;
    }

    /** True if the database has closed itself, which only connections that open it again can mend. */
    default boolean isClosed(SQLException e) {
        return false;
    }

    /** True if the user lacks a right. */
    default boolean lacksRight(SQLException e) {
        return Sql.hasState(e, "42501");
    }

    /** The option of the URL without which a connection failed with that message. */
    default Optional<String> missingOption(String said) {
        return Optional.empty();
    }

    /** True if an Error in the driver may leave its connection in the middle of an answer. */
    default boolean breaksByErrors() {
        return true;
    }
}
