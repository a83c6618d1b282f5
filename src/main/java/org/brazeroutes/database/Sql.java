package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Pieces of SQL text, and statements with parameters. */
public final class Sql {

    /** What H2 says of text without limit; PostgreSQL says more. */
    private static final int UNLIMITED = 1_000_000_000;

    private Sql() {
    }

    /** The columns of a table's definition, with its primary key, all in brackets. */
    public static String definition(List<String> columns, List<String> key) {
        return "(" + String.join(", ", columns) + ", primary key (" + String.join(", ", key) + "))";
    }

    /** All items, each written so, with that between them. */
    public static String join(String between, List<String> items, UnaryOperator<String> written) {
        return items.stream().map(written).collect(Collectors.joining(between));
    }

    /** That these columns, as quoted, have equal values in two tables. */
    public static String equal(List<String> columns, String left, String right) {
        return join(" and ", columns, column -> left + "." + column + " = " + right + "." + column);
    }

    /** Both lists in one. */
    public static <T> List<T> both(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** The type of a column that the catalogue's row describes, with its length or its digits of a second. */
    static String typeOf(ResultSet column) throws SQLException {
        String name = column.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
        return name + switch (column.getInt("DATA_TYPE")) {
            case Types.VARCHAR -> column.getInt("COLUMN_SIZE") < UNLIMITED ? "(" + column.getInt("COLUMN_SIZE") + ")" : "";
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> "(" + column.getInt("DECIMAL_DIGITS") + ")";
            default -> "";
        };
    }

    /** True if that is the text type of this name, without limit or for so many characters. */
    static boolean isText(String stored, String name, int length) {
        return stored.equals(name) || stored.startsWith(name + "(")
                && Integer.parseInt(stored.substring(name.length() + 1, stored.indexOf(')'))) >= length;
    }

    /** Inserts one row; one parameter a column. */
    static String insert(String table, List<String> columns) {
        return "insert into " + table + " (" + String.join(", ", columns) + ") values (" + places(columns.size()) + ")";
    }

    /** So many parameters. */
    public static String places(int count) {
        return "?, ".repeat(count - 1) + "?";
    }

    /** The items that are not among the others. */
    static List<String> without(List<String> items, List<String> others) {
        return items.stream().filter(item -> !others.contains(item)).toList();
    }

    /** One row of a result, read. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows that a select returns, each as it is read. */
    public static <T> List<T> query(Connection connection, String sql, Row<T> read, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(read.read(rows));
                }
            }
            return result;
        }
    }

    /** True if a select returns any row. */
    public static boolean any(Connection connection, String sql, Object... parameters) throws SQLException {
        return !query(connection, sql, row -> true, parameters).isEmpty();
    }

    /** True if the failure's SQL state is one of those that the pattern names. */
    public static boolean hasState(SQLException e, String pattern) {
        return e.getSQLState() != null && e.getSQLState().matches(pattern);
    }

    /** Executes a statement without parameters. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Executes a statement; returns the rows it changed. */
    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
