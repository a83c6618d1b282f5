package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.brazeroutes.stream.ColumnType;

/** Any other product, as far as it knows standard SQL. Rows are only ever added: how to replace them is not standard. */
class AnsiDialect implements Dialect {

    private static final List<String> TEXTS = List.of("clob", "character large object", "text", "string");

    private final boolean upperCase;
    private final String textType;

    /** Of a database that was not asked yet. */
    AnsiDialect() {
        this.upperCase = true;
        this.textType = TEXTS.get(0);
    }

    /** @param texts types of text without limit, the best one first */
    AnsiDialect(DatabaseMetaData metaData, List<String> texts) throws SQLException {
        this.upperCase = metaData.storesUpperCaseIdentifiers();
        this.textType = texts.stream().filter(types(metaData)::contains).findFirst().orElse("varchar(32000)");
    }

    @Override
    public Dialect on(Connection connection) throws SQLException {
        requireExact(connection);
        DatabaseMetaData metaData = connection.getMetaData();
        return metaData.getDatabaseProductName().equals("HSQL Database Engine") ? new HsqldbDialect(metaData) : new AnsiDialect(metaData, TEXTS);
    }

    private static Set<String> types(DatabaseMetaData metaData) throws SQLException {
        Set<String> types = new HashSet<>();
        try (ResultSet known = metaData.getTypeInfo()) {
            while (known.next()) {
                types.add(known.getString("TYPE_NAME").toLowerCase(Locale.ROOT));
            }
        } catch (SQLFeatureNotSupportedException e) {
            throw new UnusableUrlException("the driver does not tell the types of its database, so none can be used with it");
        }
        return types;
    }

    /** The standard compares strings as if blanks followed the shorter one, and some products take A for a: keys must stay two. */
    private static void requireExact(Connection connection) {
        if (same(connection, "a", "a ") || same(connection, "a", "A")) {
            throw new UnusableUrlException("the database takes names such as 'Purchase', 'purchase' and 'Purchase ' for one, so rows would replace each"
                    + " other; let it compare exactly (HSQLDB: ;sql.pad_space=false behind the URL)");
        }
    }

    /** False also if it cannot be asked in any of the usual ways. */
    private static boolean same(Connection connection, String one, String other) {
        String compared = "case when cast('" + one + "' as varchar(9)) = cast('" + other + "' as varchar(9)) then 1 else 0 end";
        for (String way : List.of("values (%s)", "select %s", "select %s from dual")) {
            try (Statement ask = connection.createStatement(); ResultSet answer = ask.executeQuery(String.format(way, compared))) {
                return answer.next() && answer.getInt(1) == 1;
            } catch (SQLException e) {
                // products differ in what a question to no table looks like
            }
        }
        return false;
    }

    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public String type(ColumnType type) {
        return switch (type) {
            case STRING, OBJECT, ARRAY -> textType;
            case INTEGER -> "bigint";
            case NUMBER -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case DATE_TIME -> "timestamp with time zone";
        };
    }

    @Override
    public String stored(String name) {
        return name.toLowerCase(Locale.ROOT).equals(name) && upperCase ? name.toUpperCase(Locale.ROOT) : name;
    }

    /** The standard empties such a table at each commit unless told otherwise, and keeps its definition after a session that was killed. */
    @Override
    public List<String> createSessionTable(String table, List<String> columns, List<String> key) {
        return List.of(dropSessionTable(table), "create temporary table " + table + " " + Sql.definition(columns, key) + " on commit preserve rows");
    }

    @Override
    public void put(Connection connection, String table, List<String> columns, List<ColumnType> types, List<String> key,
            Collection<Object[]> rows) throws SQLException {
        List<Integer> places = key.stream().map(columns::indexOf).toList();
        batch(connection, "delete from " + table + " where " + Sql.join(" and ", key, column -> column + " = ?"),
                places.stream().map(types::get).toList(),
                rows.stream().map(row -> places.stream().map(place -> row[place]).toArray()).toList());
        insert(connection, table, columns, types, rows);
    }

    @Override
    public List<String> upsert(String table, String source, List<String> columns, List<String> key) {
        throw new UnsupportedOperationException("rows of " + table + " cannot be replaced");
    }
}
