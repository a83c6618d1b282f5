package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Rights;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;

/** Creates our tables, adds columns they lack, and knows which tables are ours, from a register in the same database. */
final class Tables {

    private static final String REGISTER = "braze_tables";
    /** Characters that all databases take. */
    private static final int LONGEST_NAME = 63;
    /** Characters of a stream's name in its stage's. */
    private static final int STAGE_NAME = 30;

    private final Database database;
    private final boolean adopt;

    Tables(Database database, boolean adopt) {
        this.database = database;
        this.adopt = adopt;
    }

    /**
     * Makes the table of this stream ready. Throws SinkException, and changes nothing, if a table of that name is not ours or
     * has another key or other types.
     *
     * @param existing the table's columns as stored, none if there is no such table
     */
    void prepare(Connection connection, Table table, String stream, Map<String, String> existing) throws SQLException {
        checkName(table);
        if (existing.isEmpty()) {
            List<String> columns = definitions(table);
            Sql.execute(connection, "create table " + database.table(table.name()) + " "
                    + (table.keyed() ? Sql.definition(columns, database.dialect().quoted(table.key())) : "(" + String.join(", ", columns) + ")")
                    + database.dialect().tableOptions());
        } else {
            complete(connection, table, stream, existing);
        }
        register(connection, table.name());
    }

    /** Throws what {@link #prepare} would, and changes nothing; false if the table is not there yet. */
    boolean check(Connection connection, Table table, String stream) throws SQLException {
        checkName(table);
        Map<String, String> existing = database.schema().columns(connection, table.name());
        if (!existing.isEmpty()) {
            compare(connection, table, stream, existing, isOurs(connection, table.name()));
            new Rights(database).tryChanging(connection, table.name(), table.columns().stream().map(column -> database.dialect().stored(column.name()))
                    .filter(existing::containsKey).toList(), table.keyed());
        }
        return !existing.isEmpty();
    }

    /** Throws SinkException if there is such a table that is not ours and has rows, whether or not it may be taken over. */
    void requireOurs(Connection connection, Table table) throws SQLException {
        if (exists(connection, table.name()) && !isOurs(connection, table.name()) && !isEmpty(connection, table)) {
            throw new SinkException(shown(table) + " exists, holds rows and is not ours; incremental_append would add its days once more."
                    + " Set sink.jdbc.table-prefix or sink.jdbc.schema, or drop the table");
        }
    }

    /** PostgreSQL would cut it in silence and then not find the table. */
    private void checkName(Table table) {
        String name = database.schema().storedName(table.name());
        if (name.length() > LONGEST_NAME) {
            throw new SinkException("the table's name " + name + " has " + name.length() + " characters, databases take " + LONGEST_NAME
                    + "; shorten it or sink.jdbc.table-prefix");
        }
    }

    private void complete(Connection connection, Table table, String stream, Map<String, String> existing) throws SQLException {
        Changes changes = compare(connection, table, stream, existing, registered(connection, table.name()));
        for (Column column : changes.otherType()) {
            Sql.execute(connection, database.dialect().setType(database.table(table.name()), database.dialect().quoted(column.name()),
                    type(table, column)));
        }
        if (changes.getsKey()) {
            addKey(connection, table);
        }
        for (Column column : table.columns()) {
            if (stored(column, existing) == null) {
                Sql.execute(connection, "alter table " + database.table(table.name()) + " add " + definition(table, column));
            }
        }
    }

    /** What an existing table must get beside columns it lacks. */
    private record Changes(boolean getsKey, List<Column> otherType) {
    }

    private Changes compare(Connection connection, Table table, String stream, Map<String, String> existing, boolean ours) throws SQLException {
        if (!ours) {
            checkTakeOver(connection, table, existing);
        }
        List<String> key = database.schema().primaryKey(connection, table.name());
        boolean getsKey = !ours && table.keyed() && key.isEmpty();
        String anew = ours ? "run 'reset --drop " + stream + "' to build it anew" : "set sink.jdbc.table-prefix or sink.jdbc.schema";
        if (!getsKey) {
            checkKey(table, key, anew);
        }
        List<Column> misfits = table.columns().stream().filter(column -> !fits(table, column, existing)).toList();
        for (Column column : misfits) {
            String stored = stored(column, existing);
            if (ours || !table.keyStrings().contains(column.name()) || !database.dialect().becomesKey(stored)) {
                throw new SinkException("the column " + column.name() + " of " + shown(table) + " is " + stored + ", its values need "
                        + type(table, column) + "; change its type, or " + anew);
            }
        }
        return new Changes(getsKey, misfits);
    }

    private boolean fits(Table table, Column column, Map<String, String> existing) {
        String stored = stored(column, existing);
        int place = table.keyStrings().indexOf(column.name());
        return stored == null || database.dialect().holds(stored, column.type(),
                place < 0 ? Integer.MAX_VALUE : database.dialect().keyLength(place));
    }

    /** The type of the column in the table; null if it has no such column. */
    private String stored(Column column, Map<String, String> existing) {
        return existing.get(database.dialect().stored(column.name()));
    }

    /** Creates the table of the same columns that only this connection sees. */
    String createStage(Connection connection, Table table) throws SQLException {
        // in some databases all sessions share what such a table looks like: other workspaces have other ones
        String whose = Integer.toHexString(database.table(table.name()).hashCode());
        String stage = database.dialect().sessionTable("braze_stage_" + table.name().substring(0, Math.min(table.name().length(), STAGE_NAME)) + "_" + whose);
        for (String sql : database.dialect().createSessionTable(stage, definitions(table), database.dialect().quoted(table.key()))) {
            Sql.execute(connection, sql);
        }
        return stage;
    }

    boolean isEmpty(Connection connection, Table table) throws SQLException {
        return !Sql.any(connection, "select 1 from " + database.table(table.name()) + database.dialect().first(1));
    }

    boolean exists(Connection connection, String table) throws SQLException {
        return !database.schema().columns(connection, table).isEmpty();
    }

    void drop(Connection connection, String table) throws SQLException {
        if (isOurs(connection, table)) {
            if (exists(connection, table)) {
                Sql.execute(connection, "drop table " + database.table(table));
            }
            unregister(connection, table);
        }
    }

    /** True if a table of these columns, as stored, has all that it should. */
    boolean hasColumns(Table table, Map<String, String> existing) {
        return table.columns().stream().allMatch(column -> stored(column, existing) != null);
    }

    /** The same where nothing of ours may be there yet, not even the register. */
    private boolean isOurs(Connection connection, String table) throws SQLException {
        return exists(connection, REGISTER) && registered(connection, table);
    }

    private boolean registered(Connection connection, String table) throws SQLException {
        return Sql.any(connection, "select 1 from " + database.table(REGISTER) + " where name = ?", table);
    }

    private void unregister(Connection connection, String table) throws SQLException {
        Sql.update(connection, "delete from " + database.table(REGISTER) + " where name = ?", table);
    }

    private void register(Connection connection, String table) throws SQLException {
        if (!registered(connection, table)) {
            Sql.update(connection, "insert into " + database.table(REGISTER) + " (name) values (?)", table);
        }
    }

    /** The unnested tables of ours that belong to a stream's, also those that its route does not declare any more. */
    List<String> unnested(Connection connection, String parent) throws SQLException {
        return Sql.query(connection, "select name from " + database.table(REGISTER) + " where parent = ?", row -> row.getString(1), parent);
    }

    /** True if the unnested table, as far as it is still there, is ours and has the rows of its parent's. */
    boolean isFilled(Connection connection, String table) throws SQLException {
        return Sql.any(connection, "select 1 from " + database.table(REGISTER) + " where name = ? and (filled is null or filled = ?)", table, true);
    }

    void setFilled(Connection connection, String table, String parent, boolean filled) throws SQLException {
        Sql.update(connection, "update " + database.table(REGISTER) + " set parent = ?, filled = ? where name = ?", parent, filled, table);
    }

    /** Creates the register; once, before any stream needs it. Earlier builds had no parents in it: their unnested tables are filled. */
    void createRegister(Connection connection) throws SQLException {
        String key = database.dialect().keyType(Dialect.KEY_LENGTH);
        String flag = database.dialect().type(ColumnType.BOOLEAN);
        database.schema().create(connection, REGISTER, "name " + key + " not null, parent " + key + ", filled " + flag + ", primary key (name)",
                Map.of("parent", key, "filled", flag));
    }

    private void checkTakeOver(Connection connection, Table table, Map<String, String> existing) throws SQLException {
        if (!adopt && !isEmpty(connection, table)) {
            throw new SinkException(shown(table) + " exists, holds rows"
                    + " and is not ours; set sink.jdbc.table-prefix or sink.jdbc.schema, or sink.jdbc.adopt=true to take it over");
        }
        List<String> lacking = table.key().stream().map(database.dialect()::stored).filter(key -> !existing.containsKey(key)).toList();
        if (!lacking.isEmpty()) {
            throw new SinkException(shown(table) + " has no column " + String.join(", ", lacking)
                    + "; set sink.jdbc.table-prefix or sink.jdbc.schema");
        }
    }

    private void addKey(Connection connection, Table table) throws SQLException {
        for (String key : table.key()) {
            Sql.execute(connection, database.dialect().setNotNull(database.table(table.name()),
                    database.dialect().quoted(key), type(table, table.column(key).orElseThrow())));
        }
        Sql.execute(connection, "alter table " + database.table(table.name()) + " add primary key (" + String.join(", ", database.dialect().quoted(table.key())) + ")");
    }

    private void checkKey(Table table, List<String> key, String anew) {
        List<String> wanted = table.key().stream().map(database.dialect()::stored).toList();
        // without a key of ours the user may have given the table one; it must only not forbid a second version of a record
        boolean fits = table.keyed() ? Set.copyOf(key).equals(Set.copyOf(wanted)) : key.isEmpty() || !wanted.containsAll(key);
        if (!fits) {
            throw new SinkException(shown(table) + " has "
                    + (key.isEmpty() ? "no key" : "the key (" + String.join(", ", key).toLowerCase(Locale.ROOT) + ")") + ", this mode needs "
                    + (table.keyed() ? "(" + String.join(", ", table.key()) + ")" : "none") + "; " + anew);
        }
    }

    private String shown(Table table) {
        return "the table " + database.schema().storedName(table.name()) + " in " + database.shown();
    }

    private List<String> definitions(Table table) {
        return table.columns().stream().map(column -> definition(table, column)).toList();
    }

    private String definition(Table table, Column column) {
        return database.dialect().quoted(column.name()) + " " + type(table, column)
                + (table.key().contains(column.name()) ? " not null" : "");
    }

    private String type(Table table, Column column) {
        Dialect dialect = database.dialect();
        int place = table.keyStrings().indexOf(column.name());
        return place < 0 ? dialect.type(column.type()) : dialect.keyType(dialect.keyLength(place));
    }
}
