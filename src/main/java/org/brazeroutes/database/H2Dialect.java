package org.brazeroutes.database;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.brazeroutes.stream.ColumnType;
import org.h2.api.ErrorCode;
import org.h2.value.ValueJson;

/** H2 2.x. */
final class H2Dialect implements Dialect {

    /** The option of a URL by which nothing is written. */
    static final String READ_ONLY = "ACCESS_MODE_DATA=r";

    private static final String CLOSED = ErrorCode.DATABASE_IS_CLOSED + "|" + ErrorCode.DATABASE_CALLED_AT_SHUTDOWN;

    private static final Set<Integer> URL_REFUSED = Set.of(ErrorCode.URL_FORMAT_ERROR_2, ErrorCode.UNSUPPORTED_SETTING_1,
            ErrorCode.FEATURE_NOT_SUPPORTED_1, ErrorCode.URL_RELATIVE_TO_CWD);

    @Override
    public void configure(HikariConfig config) {
        if (config.getJdbcUrl().matches("jdbc:h2:mem:(;.*)?")) {
            throw new UnusableUrlException("the database in memory of the JDBC URL has no name, so each connection would have one of its own;"
                    + " add a name behind mem:");
        }
    }

    @Override
    public String type(ColumnType type) {
        return switch (type) {
            case STRING -> "character varying";
            case INTEGER -> "bigint";
            case NUMBER -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case DATE_TIME -> "timestamp with time zone";
            case OBJECT, ARRAY -> "json";
        };
    }

    @Override
    public boolean holds(String stored, ColumnType type, int length) {
        return switch (type) {
            case STRING -> Sql.isText(stored, type(type), length);
            case DATE_TIME -> stored.equals(type(type) + "(6)");
            default -> stored.equals(type(type));
        };
    }

    @Override
    public String stored(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public void set(PreparedStatement statement, int index, ColumnType type, Object value) throws SQLException {
        // H2 would parse and write each once more; text would become one JSON string
        statement.setObject(index, value instanceof byte[] json ? ValueJson.getInternal(json) : value);
    }

    @Override
    public boolean refusesUrl(SQLException e) {
        return URL_REFUSED.contains(e.getErrorCode());
    }

    @Override
    public boolean oneWriter(String url) {
        return url.startsWith("jdbc:h2:file:") && !(url + ";").contains(";" + READ_ONLY + ";");
    }

    /** H2 does not wait for its file to be on the disk. */
    @Override
    public Optional<String> flush() {
        return Optional.of("checkpoint sync");
    }

    @Override
    public boolean breaksByErrors() {
        return false;
    }

    @Override
    public List<String> createSessionTable(String table, List<String> columns, List<String> key) {
        return List.of("create local temporary table " + table + " " + Sql.definition(columns, key) + " not persistent");
    }

    @Override
    public void put(Connection connection, String table, List<String> columns, List<ColumnType> types, List<String> key,
            Collection<Object[]> rows) throws SQLException {
        batch(connection, "merge into " + table + " (" + String.join(", ", columns) + ") key (" + String.join(", ", key)
                + ") values (" + Sql.places(columns.size()) + ")", types, rows);
    }

    @Override
    public List<String> upsert(String table, String source, List<String> columns, List<String> key) {
        String on = Sql.equal(key, "t", "s");
        return List.of("merge into " + table + " t using " + source + " s on (" + on + ") when matched then update set "
                + Sql.join(", ", Sql.without(columns, key), c -> c + " = s." + c)
                + " when not matched then insert (" + String.join(", ", columns) + ") values ("
                + Sql.join(", ", columns, c -> "s." + c) + ")");
    }

    /** As H2 does with a file that it cannot write. */
    @Override
    public boolean isClosed(SQLException e) {
        return Sql.hasState(e, CLOSED);
    }

    @Override
    public boolean lacksRight(SQLException e) {
        return e.getErrorCode() == ErrorCode.NOT_ENOUGH_RIGHTS_FOR_1 || e.getErrorCode() == ErrorCode.ADMIN_RIGHTS_REQUIRED;
    }
}
