package org.brazeroutes.sink;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Sql;
import org.brazeroutes.json.FieldNames;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;

/** Keeps the unnested tables of a stream in step with its rows, in the transactions that change these. */
final class Unnester {

    /** Inner rows that one batch sends; a batch of a large table must not need the heap. */
    private static final int BATCH = 1000;

    /** Rows of a stage that may be held in memory. */
    private static final int IN_MEMORY = 5000;

    /** Bytes of a record that make about one inner row. */
    private static final int ROW_BYTES = 256;

    private final Database database;
    private final Tables tables;
    private final String stream;
    private final Table parent;
    private final List<UnnestedTable> parts;
    /** Those whose rows are kept: all, or none where unnesting is switched off. */
    private final List<UnnestedTable> kept;

    Unnester(Database database, Tables tables, Stream stream, Table parent, boolean enabled) {
        this.database = database;
        this.tables = tables;
        this.stream = stream.name();
        this.parent = parent;
        this.parts = stream.unnest().stream().map(unnest -> new UnnestedTable(database.dialect()::keyLength, parent, unnest, stream.unnest())).toList();
        this.kept = enabled ? parts : List.of();
    }

    /**
     * Creates the tables and fills new ones, and those that lack a column, from the rows that are stored already. Tables that are
     * switched off, or that the route does not declare any more, are emptied, and filled anew if they come back.
     */
    void prepare(Connection connection) throws SQLException {
        List<String> known = tables.unnested(connection, stream);
        Set<String> unused = new LinkedHashSet<>(known);
        parts.forEach(part -> unused.add(part.table().name()));
        for (UnnestedTable part : kept) {
            String name = part.table().name();
            unused.remove(name);
            Map<String, String> existing = database.schema().columns(connection, name);
            boolean filled = tables.hasColumns(part.table(), existing) && tables.isFilled(connection, name);
            if (!filled) {
                // where tables are not part of transactions, a process that is killed in the next steps leaves one that looks filled
                tables.setFilled(connection, name, stream, false);
            }
            tables.prepare(connection, part.table(), stream, existing);
            if (!filled) {
                // taken over with rows, it gets those of the parent all the same
                Database.execute(connection, "delete from " + database.table(name));
                fillFromStored(connection, part);
            }
            if (!filled || !known.contains(name)) {
                tables.setFilled(connection, name, stream, true);
            }
        }
        for (String name : unused) {
            if (tables.isFilled(connection, name) && tables.exists(connection, name)) {
                Database.execute(connection, "delete from " + database.table(name));
                tables.setFilled(connection, name, stream, false);
            }
        }
    }

    /** Removes all inner rows of ours: there are no parent rows any more. */
    void empty(Connection connection) throws SQLException {
        for (UnnestedTable part : parts) {
            String name = part.table().name();
            if (tables.isFilled(connection, name) && tables.exists(connection, name)) {
                Database.execute(connection, "delete from " + database.table(name));
            }
        }
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
        int syncedAt = parent.columnNames().indexOf(Table.SYNCED_AT);
        int syncId = parent.columnNames().indexOf(Table.SYNC_ID);
        for (UnnestedTable part : kept) {
            try (Inserts inserts = new Inserts(connection, part)) {
                for (Row row : rows) {
                    inserts.add(row.key(), JsonRecord.asItCame(row.record(), part.column()), (OffsetDateTime) row.values()[syncedAt], (Long) row.values()[syncId]);
                }
            }
        }
    }

    /** Adds the inner rows of the parent rows in the stage, which are new. */
    void append(Connection connection, String stage) throws SQLException {
        for (Portion portion : portions(connection, stage)) {
            for (UnnestedTable part : kept) {
                fill(connection, connection, part, portion);
            }
        }
    }

    /** Replaces the inner rows of the parent rows in the stage. */
    void replace(Connection connection, String stage) throws SQLException {
        for (Portion portion : portions(connection, stage)) {
            for (UnnestedTable part : kept) {
                delete(connection, part.table(), portion);
                fill(connection, connection, part, portion);
            }
        }
    }

    /** A connection of its own reads the table where one that writes cannot. */
    private void fillFromStored(Connection connection, UnnestedTable part) throws SQLException {
        Portion stored = new Portion(database.table(parent.name()), null);
        if (database.dialect().readsBesideWrites()) {
            fill(connection, connection, part, stored);
        } else {
            try (Connection reading = database.connection()) {
                fill(reading, connection, part, stored);
            }
        }
    }

    /** Removes inner rows whose parent row is gone. */
    void removeOrphans(Connection connection) throws SQLException {
        for (UnnestedTable part : kept) {
            Database.execute(connection, database.dialect().deleteFrom(database.table(part.table().name()), "c") + " where not exists (select 1 from "
                    + database.table(parent.name()) + " t where " + onKey("t", "c") + ")");
        }
    }

    /** Gives inner rows the marks of the parent rows that this pass has marked as removed. */
    void markRemoved(Connection connection, Object now, long syncId) throws SQLException {
        for (UnnestedTable part : kept) {
            Sql.update(connection, "update " + database.table(part.table().name()) + " c set " + database.dialect().quoted(Table.SYNCED_AT) + " = ?, "
                    + database.dialect().quoted(Table.SYNC_ID) + " = ? where exists (select 1 from " + database.table(parent.name()) + " t where "
                    + onKey("t", "c") + " and t." + database.dialect().quoted(Table.SYNC_ID) + " = ? and t."
                    + database.dialect().quoted(Table.REMOVED_AT) + " is not null)", now, syncId, syncId);
        }
    }

    /** Rows that are read at a time: of a source table all, or those of one object. */
    private record Portion(String source, Object object) {
    }

    /** The whole stage, or object by object where a large one would be held in memory. */
    private List<Portion> portions(Connection connection, String stage) throws SQLException {
        if (kept.isEmpty()) {
            return List.of();
        }
        if (database.dialect().readsBesideWrites()
                || Sql.query(connection, "select count(*) from " + stage, row -> row.getLong(1)).get(0) <= IN_MEMORY) {
            return List.of(new Portion(stage, null));
        }
        return Sql.query(connection, "select distinct " + database.dialect().quoted(parent.key().get(0)) + " from " + stage,
                row -> new Portion(stage, database.dialect().get(row, 1, keyType(1))));
    }

    /** To be closed by the caller: the pool holds on to a statement, and it to its rows, until somebody closes it. */
    private PreparedStatement select(Connection connection, List<String> columns, Portion portion) throws SQLException {
        PreparedStatement select = connection.prepareStatement("select " + Sql.join(", ", columns, database.dialect()::quoted) + " from "
                + portion.source + (portion.object == null ? "" : " where " + database.dialect().quoted(parent.key().get(0)) + " = ?"));
        select.setFetchSize(BATCH);
        if (portion.object != null) {
            database.dialect().set(select, 1, keyType(1), portion.object);
        }
        return select;
    }

    /** Key by key, each through the primary key's index: few rows change, and the table is large. */
    private void delete(Connection connection, Table part, Portion portion) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from " + database.table(part.name()) + " where "
                + Sql.join(" and ", parent.key(), key -> database.dialect().quoted(key) + " = ?"));
                PreparedStatement select = select(connection, parent.key(), portion);
                ResultSet rows = select.executeQuery()) {
            int waiting = 0;
            while (rows.next()) {
                for (int i = 1; i <= parent.key().size(); i++) {
                    database.dialect().set(delete, i, keyType(i), database.dialect().get(rows, i, keyType(i)));
                }
                delete.addBatch();
                if (++waiting % BATCH == 0) {
                    delete.executeBatch();
                }
            }
            delete.executeBatch();
        }
    }

    private void fill(Connection reading, Connection writing, UnnestedTable part, Portion portion) throws SQLException {
        List<String> columns = Sql.both(parent.key(), List.of(part.column(), Table.SYNCED_AT, Table.SYNC_ID));
        int keys = parent.key().size();
        try (PreparedStatement select = select(reading, columns, portion);
                ResultSet rows = select.executeQuery();
                Inserts inserts = new Inserts(writing, part)) {
            while (rows.next()) {
                Instant syncedAt = database.dialect().time(rows, keys + 2);
                if (syncedAt == null) {
                    // one that was taken over: the pass that finds it at Braze gives it its marks and then its inner rows
                    continue;
                }
                List<Object> key = new ArrayList<>(keys);
                for (int i = 1; i <= keys; i++) {
                    key.add(database.dialect().get(rows, i, keyType(i)));
                }
                String json = rows.getString(keys + 1);
                inserts.add(key, json == null ? null : json.getBytes(StandardCharsets.UTF_8),
                        RowMapper.time(syncedAt), rows.getLong(keys + 3));
            }
        }
    }

    private ColumnType keyType(int place) {
        return parent.column(parent.key().get(place - 1)).orElseThrow().type();
    }

    private String onKey(String left, String right) {
        return Sql.join(" and ", parent.key(), key -> left + "." + database.dialect().quoted(key) + " = " + right + "."
                + database.dialect().quoted(key));
    }

    /** Batched inserts into one unnested table. */
    private final class Inserts implements AutoCloseable {

        private final Connection connection;
        private final UnnestedTable part;
        private final String name;
        private final List<String> columns;
        private final FieldNames names = new FieldNames();
        private final List<Object[]> waiting = new ArrayList<>(BATCH);

        Inserts(Connection connection, UnnestedTable part) {
            this.connection = connection;
            this.part = part;
            this.name = database.table(part.table().name());
            this.columns = part.table().columnNames().stream().map(database.dialect()::quoted).toList();
        }

        void add(List<Object> key, Object object, OffsetDateTime syncedAt, long syncId) throws SQLException {
            if (object != null) {
                waiting.addAll(part.rows(key, object, names, syncedAt, syncId));
            }
            if (waiting.size() >= BATCH) {
                send();
            }
        }

        private void send() throws SQLException {
            database.dialect().insert(connection, name, columns, part.table().types(), waiting);
            waiting.clear();
        }

        /** Sends what waits; nothing of it stays if an exception ends the transaction. */
        @Override
        public void close() throws SQLException {
            if (!waiting.isEmpty()) {
                send();
            }
        }
    }
}
