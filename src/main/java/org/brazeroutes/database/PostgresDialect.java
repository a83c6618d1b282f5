package org.brazeroutes.database;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.brazeroutes.stream.ColumnType;
import org.postgresql.PGConnection;

/** PostgreSQL from 12 on. Rows go in by COPY. */
final class PostgresDialect implements Dialect {

    /** Characters that one COPY sends; a large answer must not need the heap twice. */
    private static final int CHUNK = 1 << 20;

    @Override
    public void configure(HikariConfig config) {
        config.addDataSourceProperty("ApplicationName", "braze-routes");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
    }

    @Override
    public String type(ColumnType type) {
        return switch (type) {
            case STRING -> "text";
            case INTEGER -> "bigint";
            case NUMBER -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case DATE_TIME -> "timestamptz";
            case OBJECT, ARRAY -> "jsonb";
        };
    }

    @Override
    public String stored(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void set(PreparedStatement statement, int index, ColumnType type, Object value) throws SQLException {
        if (value != null && (type == ColumnType.OBJECT || type == ColumnType.ARRAY)) {
            statement.setObject(index, value, Types.OTHER);
        } else {
            statement.setObject(index, value);
        }
    }

    @Override
    public String createSessionTable(String table, List<String> columns, List<String> key) {
        return "create temporary table " + table + " (" + String.join(", ", columns) + ", primary key (" + String.join(", ", key) + "))";
    }

    @Override
    public String dropSessionTable(String table) {
        return "drop table if exists pg_temp." + table;
    }

    @Override
    public void insert(Connection connection, String table, List<String> columns, List<ColumnType> types, Collection<Object[]> rows)
            throws SQLException {
        String sql = "copy " + table + " (" + String.join(", ", columns) + ") from stdin";
        var text = new StringBuilder();
        for (Object[] row : rows) {
            line(text, row);
            if (text.length() > CHUNK) {
                copy(connection, sql, text);
            }
        }
        copy(connection, sql, text);
    }

    private static void copy(Connection connection, String sql, StringBuilder text) throws SQLException {
        if (text.isEmpty()) {
            return;
        }
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(text.toString()));
        } catch (IOException e) {
            throw new SQLException("copy: " + e.getMessage(), e);
        }
        text.setLength(0);
    }

    /** A row in COPY's text format. */
    static void line(StringBuilder text, Object[] row) {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            if (row[i] == null) {
                text.append("\\N");
            } else {
                escape(text, row[i].toString());
            }
        }
        text.append('\n');
    }

    private static void escape(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    /** By COPY, which most often meets no row of the same key; else row by row. */
    @Override
    public void put(Connection connection, String table, List<String> columns, List<ColumnType> types, List<String> key,
            Collection<Object[]> rows) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            insert(connection, table, columns, types, rows);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith("23")) {
                throw e;
            }
            connection.rollback(before);
            Sql.batch(connection, this, put(table, columns, key), types, rows);
        }
    }

    @Override
    public String put(String table, List<String> columns, List<String> key) {
        return Sql.insert(table, columns) + onConflict(columns, key);
    }

    @Override
    public List<String> upsert(String table, String source, List<String> columns, List<String> key) {
        String names = String.join(", ", columns);
        return List.of("insert into " + table + " (" + names + ") select " + names + " from " + source + onConflict(columns, key));
    }

    private static String onConflict(List<String> columns, List<String> key) {
        return " on conflict (" + String.join(", ", key) + ") do update set "
                + Sql.join(", ", columns.stream().filter(c -> !key.contains(c)).toList(), c -> c + " = excluded." + c);
    }

    @Override
    public String lockForShare() {
        return " for share";
    }

    /** The clock's time: that of the transaction's start may lie before a lock was waited for. */
    @Override
    public String now() {
        return "clock_timestamp()";
    }
}
