package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Sql;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.stream.Stream;

/** Keeps the unnested tables of a stream in step with its rows, in the transactions that change these. */
final class Unnester {

    /** Bytes of a record that make about one inner row. */
    private static final int ROW_BYTES = 256;

    private final Database database;
    private final Dialect dialect;
    private final Tables tables;
    private final Register register;
    private final String stream;
    private final Table parent;
    private final InnerRows inner;
    private final List<UnnestedTable> parts;
    /** Those whose rows are kept: all, or none where unnesting is switched off. */
    private final List<UnnestedTable> kept;

    Unnester(Database database, Tables tables, Stream stream, Table parent, boolean enabled) {
        this.database = database;
        this.dialect = database.dialect();
        this.tables = tables;
        this.register = tables.register();
        this.stream = stream.name();
        this.parent = parent;
        this.inner = new InnerRows(database, parent);
        this.parts = stream.unnest().stream().map(unnest -> new UnnestedTable(dialect::keyLength, parent, unnest, stream.unnest())).toList();
        this.kept = enabled ? parts : List.of();
    }

    /**
     * Creates the tables and fills new ones, and those that lack a column, from the rows that are stored already. Tables that are
     * switched off, or that the route does not declare any more, are emptied, and filled anew if they come back.
     */
    void prepare(Connection connection) throws SQLException {
        List<String> known = register.unnested(connection, stream);
        Set<String> unused = new LinkedHashSet<>(known);
        parts.forEach(part -> unused.add(part.table().name()));
        for (UnnestedTable part : kept) {
            String name = part.table().name();
            unused.remove(name);
            Map<String, String> existing = database.schema().columns(connection, name);
            boolean filled = tables.hasColumns(part.table(), existing) && register.isFilled(connection, name);
            if (!filled) {
                // where tables are not part of transactions, a process that is killed in the next steps leaves one that looks filled
                register.setFilled(connection, name, stream, false);
            }
            tables.prepare(connection, part.table(), stream, existing);
            if (!filled) {
                // taken over with rows, it gets those of the parent all the same
                Sql.execute(connection, "delete from " + database.table(name));
                inner.fillFromStored(connection, part);
            }
            if (!filled || !known.contains(name)) {
                register.setFilled(connection, name, stream, true);
            }
        }
        for (String name : unused) {
            if (emptied(connection, name)) {
                register.setFilled(connection, name, stream, false);
            }
        }
    }

    /** Removes all inner rows of ours: there are no parent rows any more. */
    void empty(Connection connection) throws SQLException {
        for (UnnestedTable part : parts) {
            emptied(connection, part.table().name());
        }
    }

    /** False if there is no such table of ours with rows of the parent's. */
    private boolean emptied(Connection connection, String name) throws SQLException {
        boolean ours = register.isFilled(connection, name) && database.schema().exists(connection, name);
        if (ours) {
            Sql.execute(connection, "delete from " + database.table(name));
        }
        return ours;
    }

    /** Throws what {@link #prepare} would, and changes nothing; false if a table is not there yet. */
    boolean check(Connection connection) throws SQLException {
        boolean there = true;
        for (UnnestedTable part : kept) {
            there &= tables.check(connection, part.table(), stream);
        }
        return there;
    }

    /** About how many inner rows the records have. */
    long about(List<Map<String, Object>> records) {
        long bytes = 0;
        if (!kept.isEmpty()) {
            for (Map<String, Object> record : records) {
                bytes += JsonRecord.length(record);
            }
        }
        return bytes / ROW_BYTES;
    }

    /** Adds the inner rows of parent rows that are new. */
    void add(Connection connection, Collection<Row> rows) throws SQLException {
        for (UnnestedTable part : kept) {
            inner.add(connection, part, rows);
        }
    }

    /** Adds the inner rows of the parent rows in the stage, which are new. */
    void append(Connection connection, String stage) throws SQLException {
        fill(connection, stage, false);
    }

    /** Replaces the inner rows of the parent rows in the stage. */
    void replace(Connection connection, String stage) throws SQLException {
        fill(connection, stage, true);
    }

    private void fill(Connection connection, String stage, boolean anew) throws SQLException {
        if (kept.isEmpty()) {
            return;
        }
        for (InnerRows.Portion portion : inner.portions(connection, stage)) {
            for (UnnestedTable part : kept) {
                if (anew) {
                    inner.delete(connection, part, portion);
                }
                inner.fill(connection, part, portion);
            }
        }
    }

    /** Removes inner rows whose parent row is gone. */
    void removeOrphans(Connection connection) throws SQLException {
        for (UnnestedTable part : kept) {
            Sql.execute(connection, dialect.deleteFrom(database.table(part.table().name()), "c") + " where not exists (select 1 from "
                    + database.table(parent.name()) + " t where " + onKey() + ")");
        }
    }

    /** Gives inner rows the marks of the parent rows that this pass has marked as removed. */
    void markRemoved(Connection connection, Object now, long syncId) throws SQLException {
        for (UnnestedTable part : kept) {
            Sql.update(connection, "update " + database.table(part.table().name()) + " c set " + dialect.quoted(Table.SYNCED_AT) + " = ?, "
                    + dialect.quoted(Table.SYNC_ID) + " = ? where exists (select 1 from " + database.table(parent.name()) + " t where "
                    + onKey() + " and t." + dialect.quoted(Table.SYNC_ID) + " = ? and t."
                    + dialect.quoted(Table.REMOVED_AT) + " is not null)", now, syncId, syncId);
        }
    }

    /** Joins a parent row t and its inner rows c. */
    private String onKey() {
        return Sql.equal(dialect.quoted(parent.key()), "t", "c");
    }
}
