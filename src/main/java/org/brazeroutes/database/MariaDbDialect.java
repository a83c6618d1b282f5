package org.brazeroutes.database;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.brazeroutes.stream.ColumnType;

/** MariaDB from 10.6 and MySQL from 8 on. Text is compared by its bytes, and points in time are kept in UTC. */
final class MariaDbDialect implements Dialect {

    /** An index holds 768 characters of four bytes: 512 of one string, and 64 of each other, ids and channels. */
    private static final int FURTHER_KEY_LENGTH = 64;

    /** Access denied: to a database, a table, a column, or for want of a privilege; their SQL state is that of any wrong SQL. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

    private static final Pattern REWRITES = Pattern.compile("rewriteBatchedStatements=(true|1)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_COUNTS = Pattern.compile("useAffectedRows=(true|1)", Pattern.CASE_INSENSITIVE);

    private final boolean mysql;

    MariaDbDialect() {
        this(false);
    }

    private MariaDbDialect(boolean mysql) {
        this.mysql = mysql;
    }

    @Override
    public Dialect on(Connection connection) throws SQLException {
        if (connection.getCatalog() == null || connection.getCatalog().isEmpty()) {
            throw new UnusableUrlException("the URL names no database, add its name behind the host");
        }
        return new MariaDbDialect(!connection.getMetaData().getDatabaseProductVersion().contains("MariaDB")
                && connection.getMetaData().getDatabaseProductName().equals("MySQL"));
    }

    @Override
    public void configure(HikariConfig config) {
        config.addDataSourceProperty("useBulkStmts", "true");
        // MariaDB's driver has bulk statements instead; with both it rewrites "on duplicate key" into nonsense
        if (config.getJdbcUrl().startsWith("jdbc:mysql:")) {
            config.addDataSourceProperty("rewriteBatchedStatements", "true");
        } else {
            if (REWRITES.matcher(config.getJdbcUrl()).find()) {
                throw new UnusableUrlException("take rewriteBatchedStatements out of the JDBC URL: MariaDB's driver spoils statements with it, and batches are"
                        + " sent as one without it");
            }
            config.addDataSourceProperty("tcpKeepIdle", String.valueOf(WatchedSockets.IDLE));
            config.addDataSourceProperty("tcpKeepInterval", String.valueOf(WatchedSockets.INTERVAL));
            config.addDataSourceProperty("tcpKeepCount", String.valueOf(WatchedSockets.COUNT));
        }
        if (OTHER_COUNTS.matcher(config.getJdbcUrl()).find()) {
            throw new UnusableUrlException("take useAffectedRows out of the JDBC URL: by it a row that stays as it is passes for one that is not there");
        }
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // the server's usual eight hours, for sessions that wait for Braze's limit
        config.setConnectionInitSql("set session wait_timeout = greatest(@@session.wait_timeout, 28800), sql_safe_updates = 0,"
                + " sql_select_limit = 18446744073709551615, time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
        // without gap locks, in which writers of one stream would wait for each other in a circle
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }

    @Override
    public String type(ColumnType type) {
        return switch (type) {
            case INTEGER -> "bigint";
            case NUMBER -> "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case DATE_TIME -> "datetime(6)";
            // MySQL's own JSON rounds numbers to doubles; MariaDB's is text with a check that refuses more than 32 levels
            case STRING, OBJECT, ARRAY -> "longtext" + text();
        };
    }

    @Override
    public String keyType(int length) {
        return "varchar(" + length + ")" + text();
    }

    /** Said of each column too: the table may be one that the user made. */
    private String text() {
        return " character set utf8mb4 collate " + (mysql ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin");
    }

    /** By a query of our own: of collations JDBC tells nothing, and the two drivers name types differently. */
    @Override
    public Map<String, String> columns(Connection connection, String catalog, String schema, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        Sql.query(connection, "select column_name, concat(column_type, "
                + "coalesce(concat(' character set ', character_set_name, ' collate ', collation_name), '')) from information_schema.columns "
                + "where table_schema = ? and table_name = ? order by ordinal_position",
                row -> columns.put(row.getString(1), row.getString(2)), catalog, table);
        return columns;
    }

    @Override
    public boolean holds(String stored, ColumnType type, int length) {
        return switch (type) {
            case STRING -> Sql.isText(stored, "varchar", length) && stored.endsWith(text()) || isLongText(stored);
            case INTEGER -> stored.matches("bigint(\\(\\d+\\))?");
            case NUMBER -> stored.equals("double");
            case BOOLEAN -> stored.matches("tinyint(\\(\\d+\\))?");
            case DATE -> stored.equals("date");
            case DATE_TIME -> stored.equals("datetime(6)");
            case OBJECT, ARRAY -> isLongText(stored);
        };
    }

    /** Compared with text of ours, our collation wins against any other but a binary one, which is an error. */
    private boolean isLongText(String stored) {
        return stored.startsWith("longtext character set utf8mb4 ") && (stored.endsWith(text()) || !stored.endsWith("_bin"));
    }

    @Override
    public int keyLength(int place) {
        return place == 0 ? KEY_LENGTH : FURTHER_KEY_LENGTH;
    }

    @Override
    public String tableOptions() {
        return " engine=innodb row_format=dynamic default" + text();
    }

    @Override
    public String stored(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String storedSchema(String name) {
        return name;
    }

    @Override
    public boolean schemasAreCatalogs() {
        return true;
    }

    @Override
    public String quote(String stored) {
        return '`' + stored.replace("`", "``") + '`';
    }

    @Override
    public void set(PreparedStatement statement, int index, ColumnType type, Object value) throws SQLException {
        Dialect.super.set(statement, index, type, value instanceof OffsetDateTime time ? time(time.toInstant()) : value);
    }

    @Override
    public Object time(Instant time) {
        return time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    @Override
    public Instant time(ResultSet row, int index) throws SQLException {
        LocalDateTime time = row.getObject(index, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    /** Both drivers fetch the rest of a result first. */
    @Override
    public boolean readsBesideWrites() {
        return false;
    }

    /** Said so, it does not end the transaction. */
    @Override
    public String dropSessionTable(String table) {
        return "drop temporary table if exists " + table;
    }

    @Override
    public void put(Connection connection, String table, List<String> columns, List<ColumnType> types, List<String> key,
            Collection<Object[]> rows) throws SQLException {
        batch(connection, Sql.insert(table, columns) + " on duplicate key update "
                + Sql.join(", ", Sql.without(columns, key), c -> c + " = values(" + c + ")"), types, rows);
    }

    @Override
    public String same(String left, String right) {
        return left + " <=> " + right;
    }

    /** Two statements: "on duplicate key" would also replace the row that a unique index of the user's names. */
    @Override
    public List<String> upsert(String table, String source, List<String> columns, List<String> key) {
        String on = Sql.equal(key, "t", "s");
        return List.of("update " + table + " t join " + source + " s on " + on + " set "
                        + Sql.join(", ", Sql.without(columns, key), c -> "t." + c + " = s." + c),
                "insert into " + table + " (" + String.join(", ", columns) + ") select " + Sql.join(", ", columns, c -> "s." + c)
                        + " from " + source + " s where not exists (select 1 from " + table + " t where " + on + ")");
    }

    @Override
    public String deleteFrom(String table, String alias) {
        return "delete " + alias + " from " + table + " " + alias;
    }

    @Override
    public String setType(String table, String column, String type) {
        return "alter table " + table + " modify column " + column + " " + type;
    }

    @Override
    public String setNotNull(String table, String column, String type) {
        return setType(table, column, type + " not null");
    }

    @Override
    public String first(int rows) {
        return " limit " + rows;
    }

    @Override
    public String lockForUpdate() {
        return " for update skip locked";
    }

    @Override
    public String lockForShare() {
        return " lock in share mode";
    }

    @Override
    public String now() {
        return "utc_timestamp(6)";
    }

    /** MySQL asks for passwords over TLS only, or encrypted for a key that whoever stands between could replace. */
    @Override
    public Optional<String> missingOption(String said) {
        return said.contains("RSA public key is not available")
                ? Optional.of("sslMode=verify-full, or in a network of your own allowPublicKeyRetrieval=true,") : Optional.empty();
    }

    @Override
    public boolean lacksRight(SQLException e) {
        return DENIED.contains(e.getErrorCode());
    }
}
