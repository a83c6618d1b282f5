package org.brazeroutes.database;

import com.zaxxer.hikari.HikariConfig;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.brazeroutes.json.Json;
import org.brazeroutes.json.JsonPart;
import org.brazeroutes.stream.ColumnType;

/** PostgreSQL from 12 on. Rows go in by COPY. */
final class PostgresDialect implements Dialect {

    private static final String DATA_EXCEPTION = "22.*";
    private static final String CONSTRAINT_VIOLATION = "23.*";
    /** Eight letters and digits. */
    private static final long SESSIONS = 2_821_109_907_456L;

    @Override
    public void configure(HikariConfig config) {
        config.addDataSourceProperty("ApplicationName", "braze-routes");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketFactory", WatchedSockets.class.getName());
        // a server of version 14 and later may end sessions that wait for Braze's limit; one whose client has vanished, with its locks, it
        // would keep for two hours
        config.setConnectionInitSql("select set_config(name, value, false) from (values ('idle_session_timeout', '0'), ('tcp_keepalives_idle', '20'),"
                + " ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')) wanted (name, value) join pg_settings using (name)");
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }

    /** Braze's texts have characters that other encodings lack, or count otherwise. */
    @Override
    public Dialect on(Connection connection) throws SQLException {
        String encoding = Sql.query(connection, "show server_encoding", row -> row.getString(1)).get(0);
        if (!encoding.equals("UTF8")) {
            throw new UnusableUrlException("the database's encoding is " + encoding + ", but Braze's texts need UTF8;"
                    + " create one by: create database … encoding 'UTF8'"
                    + " template template0");
        }
        return this;
    }

    /** Those of the primary key with their collation, if texts that differ are equal by it: the names of two events, say. */
    @Override
    public Map<String, String> columns(Connection connection, String catalog, String schema, String table) throws SQLException {
        Map<String, String> columns = Dialect.super.columns(connection, catalog, schema, table);
        if (!columns.isEmpty()) {
            Sql.query(connection, "select attname, collname from pg_attribute a join pg_collation c on c.oid = attcollation join pg_class t on t.oid = attrelid"
                    + " join pg_namespace n on n.oid = relnamespace join pg_index on indrelid = t.oid and indisprimary and attnum = any (indkey)"
                    + " where nspname = ? and relname = ? and not collisdeterministic",
                    row -> columns.merge(row.getString(1), " collate " + row.getString(2), String::concat), schema, table);
        }
        return columns;
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
    public boolean holds(String stored, ColumnType type, int length) {
        return switch (type) {
            case STRING -> stored.equals("text") || Sql.isText(stored, "varchar", length) && !stored.contains(" collate ");
            case INTEGER -> stored.equals("int8") || stored.equals("bigserial");
            case NUMBER -> stored.equals("float8");
            case BOOLEAN -> stored.equals("bool");
            case DATE -> stored.equals("date");
            case DATE_TIME -> stored.equals("timestamptz(6)");
            case OBJECT, ARRAY -> stored.equals("jsonb");
        };
    }

    @Override
    public String stored(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void set(PreparedStatement statement, int index, ColumnType type, Object value) throws SQLException {
        if (value instanceof byte[] json) {
            statement.setObject(index, new String(json, StandardCharsets.UTF_8), Types.OTHER);
        } else {
            statement.setObject(index, value);
        }
    }

    @Override
    public boolean rollsBackTables() {
        return true;
    }

    /** Another one each time: a pooler may lead to another server session meanwhile, whose leftover must not be taken for this table. */
    @Override
    public String sessionTable(String name) {
        return quoted(name + "_" + Long.toString(ThreadLocalRandom.current().nextLong(SESSIONS), 36));
    }

    @Override
    public String dropSessionTable(String table) {
        return "drop table if exists pg_temp." + table;
    }

    /** What a delete leaves behind, nobody would clean up in a temporary table. */
    @Override
    public String emptySessionTable(String table) {
        return "truncate " + table;
    }

    /** One is bound by its server process; a third brings nothing. */
    @Override
    public int writers() {
        return 2;
    }

    /** As it came: jsonb has a spelling of its own. What it refuses is found when it does. */
    @Override
    public Object json(Object value) {
        return value instanceof JsonPart ? value : Json.canonical(value);
    }

    @Override
    public void insert(Connection connection, String table, List<String> columns, List<ColumnType> types, Collection<Object[]> rows)
            throws SQLException {
        if (hasParts(types, rows)) {
            tryOr(connection, DATA_EXCEPTION, () -> PostgresCopy.send(connection, table, columns, rows),
                    () -> PostgresCopy.send(connection, table, columns, canonical(rows)));
        } else {
            PostgresCopy.send(connection, table, columns, rows);
        }
    }

    private static boolean hasParts(List<ColumnType> types, Collection<Object[]> rows) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) == ColumnType.OBJECT || types.get(i) == ColumnType.ARRAY) {
                for (Object[] row : rows) {
                    if (row[i] instanceof JsonPart) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<Object[]> canonical(Collection<Object[]> rows) {
        return rows.stream().map(row -> Arrays.stream(row).map(value -> value instanceof JsonPart ? Json.canonical(value) : value).toArray()).toList();
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** Takes the step or, if it fails with such a state, takes it back and the other one. */
    private static void tryOr(Connection connection, String failure, Step step, Step other) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            step.run();
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!Sql.hasState(e, failure)) {
                throw e;
            }
            connection.rollback(before);
            other.run();
        }
    }

    /** By COPY, which most often meets no row of the same key; else row by row. */
    @Override
    public void put(Connection connection, String table, List<String> columns, List<ColumnType> types, List<String> key,
            Collection<Object[]> rows) throws SQLException {
        tryOr(connection, CONSTRAINT_VIOLATION, () -> insert(connection, table, columns, types, rows),
                () -> batch(connection, Sql.insert(table, columns) + onConflict(columns, key), types, canonical(rows)));
    }

    @Override
    public List<String> upsert(String table, String source, List<String> columns, List<String> key) {
        String names = String.join(", ", columns);
        return List.of("insert into " + table + " (" + names + ") select " + names + " from " + source + onConflict(columns, key));
    }

    private static String onConflict(List<String> columns, List<String> key) {
        return " on conflict (" + String.join(", ", key) + ") do update set "
                + Sql.join(", ", Sql.without(columns, key), c -> c + " = excluded." + c);
    }

    @Override
    public String lockForUpdate() {
        return " for update skip locked";
    }

    /** No schema of the search path is there, or may be used, as if it were not there. */
    @Override
    public boolean lacksRight(SQLException e) {
        return Dialect.super.lacksRight(e) || Sql.hasState(e, "3F000");
    }

    /** Keeps others from taking the lease, but not us from renewing it, which transactions that follow each other would hold up. */
    @Override
    public String lockForShare() {
        return " for key share";
    }

    /** The clock's time: that of the transaction's start may lie before a lock was waited for. */
    @Override
    public String now() {
        return "clock_timestamp()";
    }
}
