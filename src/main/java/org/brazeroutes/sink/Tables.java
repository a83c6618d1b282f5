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

/** Creates our tables, adds columns they lack, and leaves those of others alone. */
final class Tables {

    /** Characters that all databases take. */
    private static final int LONGEST_NAME = 63;
    /** Characters of a stream's name in its stage's. */
    private static final int STAGE_NAME = 30;

    private final Database database;
    private final Dialect dialect;
    private final Register register;
    private final boolean adopt;

    Tables(Database database, boolean adopt) {
        this.database = database;
        this.dialect = database.dialect();
        this.register = new Register(database);
        this.adopt = adopt;
    }

    Register register() {
        return register;
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
                    + (table.keyed() ? Sql.definition(columns, dialect.quoted(table.key())) : "(" + String.join(", ", columns) + ")")
                    + dialect.tableOptions());
        } else {
            complete(connection, table, stream, existing);
        }
        register.add(connection, table.name());
    }

    /** Throws what {@link #prepare} would, and changes nothing; false if the table is not there yet. */
    boolean check(Connection connection, Table table, String stream) throws SQLException {
        checkName(table);
        Map<String, String> existing = database.schema().columns(connection, table.name());
        if (!existing.isEmpty()) {
            compare(connection, table, stream, existing, register.hasIfThere(connection, table.name()));
            new Rights(database).tryChanging(connection, table.name(), table.columns().stream().map(column -> dialect.stored(column.name()))
                    .filter(existing::containsKey).toList(), table.keyed());
        }
        return !existing.isEmpty();
    }

    /** Throws SinkException if there is such a table that is not ours and has rows, whether or not it may be taken over. */
    void requireOurs(Connection connection, Table table) throws SQLException {
        if (database.schema().exists(connection, table.name()) && !register.hasIfThere(connection, table.name()) && !isEmpty(connection, table)) {
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
        Changes changes = compare(connection, table, stream, existing, register.has(connection, table.name()));
        for (Column column : changes.otherType()) {
            Sql.execute(connection, dialect.setType(database.table(table.name()), dialect.quoted(column.name()), type(table, column)));
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

    private void addKey(Connection connection, Table table) throws SQLException {
        String name = database.table(table.name());
        for (String key : table.key()) {
            Sql.execute(connection, dialect.setNotNull(name, dialect.quoted(key), type(table, table.column(key).orElseThrow())));
        }
        Sql.execute(connection, "alter table " + name + " add primary key (" + String.join(", ", dialect.quoted(table.key())) + ")");
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
            if (ours || !table.keyStrings().contains(column.name()) || !dialect.becomesKey(stored)) {
                throw new SinkException("the column " + column.name() + " of " + shown(table) + " is " + stored + ", its values need "
                        + type(table, column) + "; change its type, or " + anew);
            }
        }
        return new Changes(getsKey, misfits);
    }

    private void checkTakeOver(Connection connection, Table table, Map<String, String> existing) throws SQLException {
        if (!adopt && !isEmpty(connection, table)) {
            throw new SinkException(shown(table) + " exists, holds rows and is not ours; set sink.jdbc.table-prefix or sink.jdbc.schema, or"
                    + " sink.jdbc.adopt=true to take it over");
        }
        List<String> lacking = table.key().stream().map(dialect::stored).filter(key -> !existing.containsKey(key)).toList();
        if (!lacking.isEmpty()) {
            throw new SinkException(shown(table) + " has no column " + String.join(", ", lacking) + "; set sink.jdbc.table-prefix or sink.jdbc.schema");
        }
    }

    private void checkKey(Table table, List<String> key, String anew) {
        List<String> wanted = table.key().stream().map(dialect::stored).toList();
        // without a key of ours the user may have given the table one; it must only not forbid a second version of a record
        boolean fits = table.keyed() ? Set.copyOf(key).equals(Set.copyOf(wanted)) : key.isEmpty() || !wanted.containsAll(key);
        if (!fits) {
            throw new SinkException(shown(table) + " has "
                    + (key.isEmpty() ? "no key" : "the key (" + String.join(", ", key).toLowerCase(Locale.ROOT) + ")") + ", this mode needs "
                    + (table.keyed() ? "(" + String.join(", ", table.key()) + ")" : "none") + "; " + anew);
        }
    }

    private boolean fits(Table table, Column column, Map<String, String> existing) {
        String stored = stored(column, existing);
        int place = table.keyStrings().indexOf(column.name());
        return stored == null || dialect.holds(stored, column.type(), place < 0 ? Integer.MAX_VALUE : dialect.keyLength(place));
    }

    /** The type of the column in the table; null if it has no such column. */
    private String stored(Column column, Map<String, String> existing) {
        return existing.get(dialect.stored(column.name()));
    }

    /** Creates the table of the same columns that only this connection sees. */
    String createStage(Connection connection, Table table) throws SQLException {
        // in some databases all sessions share what such a table looks like: other workspaces have other ones
        String whose = Integer.toHexString(database.table(table.name()).hashCode());
        String stage = dialect.sessionTable("braze_stage_" + table.name().substring(0, Math.min(table.name().length(), STAGE_NAME)) + "_" + whose);
        for (String sql : dialect.createSessionTable(stage, definitions(table), dialect.quoted(table.key()))) {
            Sql.execute(connection, sql);
        }
        return stage;
    }

    boolean isEmpty(Connection connection, Table table) throws SQLException {
        return !Sql.any(connection, "select 1 from " + database.table(table.name()) + dialect.first(1));
    }

    void drop(Connection connection, String table) throws SQLException {
        if (register.hasIfThere(connection, table)) {
            if (database.schema().exists(connection, table)) {
                Sql.execute(connection, "drop table " + database.table(table));
            }
            register.remove(connection, table);
        }
    }

    /** True if a table of these columns, as stored, has all that it should. */
    boolean hasColumns(Table table, Map<String, String> existing) {
        return table.columns().stream().allMatch(column -> stored(column, existing) != null);
    }

    private String shown(Table table) {
        return "the table " + database.schema().storedName(table.name()) + " in " + database.shown();
    }

    private List<String> definitions(Table table) {
        return table.columns().stream().map(column -> definition(table, column)).toList();
    }

    private String definition(Table table, Column column) {
        return dialect.quoted(column.name()) + " " + type(table, column)
                + (table.key().contains(column.name()) ? " not null" : "");
    }

    private String type(Table table, Column column) {
        int place = table.keyStrings().indexOf(column.name());
        return place < 0 ? dialect.type(column.type()) : dialect.keyType(dialect.keyLength(place));
    }
}
