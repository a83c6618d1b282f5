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
import java.util.List;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Sql;
import org.brazeroutes.json.FieldNames;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.stream.ColumnType;

/** Moves the inner rows of parent rows, in memory or in a table, into unnested tables. */
final class InnerRows {

    /** Inner rows that one batch sends; a batch of a large table must not need the heap. */
    private static final int BATCH = 1000;

    /** Rows of a stage that may be held in memory. */
    private static final int IN_MEMORY = 5000;

    private final Database database;
    private final Dialect dialect;
    private final Table parent;
    private final List<ColumnType> keyTypes;

    InnerRows(Database database, Table parent) {
        this.database = database;
        this.dialect = database.dialect();
        this.parent = parent;
        this.keyTypes = parent.key().stream().map(key -> parent.column(key).orElseThrow().type()).toList();
    }

    /** Rows that are read at a time: of a source table all, or those of one object. */
    record Portion(String source, Object object) {
    }

    /** The whole stage, or object by object where a large one would be held in memory. */
    List<Portion> portions(Connection connection, String stage) throws SQLException {
        if (dialect.readsBesideWrites() || Sql.query(connection, "select count(*) from " + stage, row -> row.getLong(1)).get(0) <= IN_MEMORY) {
            return List.of(new Portion(stage, null));
        }
        return Sql.query(connection, "select distinct " + dialect.quoted(parent.key().get(0)) + " from " + stage,
                row -> new Portion(stage, dialect.get(row, 1, keyTypes.get(0))));
    }

    /** Adds those of parent rows in memory. */
    void add(Connection connection, UnnestedTable part, Collection<Row> rows) throws SQLException {
        int syncedAt = parent.columnNames().indexOf(Table.SYNCED_AT);
        int syncId = parent.columnNames().indexOf(Table.SYNC_ID);
        try (Inserts inserts = new Inserts(connection, part)) {
            for (Row row : rows) {
                inserts.add(row.key(), JsonRecord.asItCame(row.record(), part.column()), (OffsetDateTime) row.values()[syncedAt],
                        (Long) row.values()[syncId]);
            }
        }
    }

    /** Adds those of the whole parent table. A connection of its own reads it where one that writes cannot. */
    void fillFromStored(Connection connection, UnnestedTable part) throws SQLException {
        Portion stored = new Portion(database.table(parent.name()), null);
        if (dialect.readsBesideWrites()) {
            fill(connection, part, stored);
        } else {
            try (Connection reading = database.connection()) {
                fill(reading, connection, part, stored);
            }
        }
    }

    void fill(Connection connection, UnnestedTable part, Portion portion) throws SQLException {
        fill(connection, connection, part, portion);
    }

    private void fill(Connection reading, Connection writing, UnnestedTable part, Portion portion) throws SQLException {
        List<String> columns = Sql.both(parent.key(), List.of(part.column(), Table.SYNCED_AT, Table.SYNC_ID));
        int keys = parent.key().size();
        try (PreparedStatement select = select(reading, columns, portion);
                ResultSet rows = select.executeQuery();
                Inserts inserts = new Inserts(writing, part)) {
            while (rows.next()) {
                Instant syncedAt = dialect.time(rows, keys + 2);
                if (syncedAt == null) {
                    // one that was taken over: the pass that finds it at Braze gives it its marks and then its inner rows
                    continue;
                }
                String json = rows.getString(keys + 1);
                inserts.add(key(rows), json == null ? null : json.getBytes(StandardCharsets.UTF_8), RowMapper.time(syncedAt), rows.getLong(keys + 3));
            }
        }
    }

    /** Removes those of the portion's parent rows, key by key through the primary key's index: few rows change, and the table is large. */
    void delete(Connection connection, UnnestedTable part, Portion portion) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from " + database.table(part.table().name()) + " where "
                + Sql.join(" and ", parent.key(), key -> dialect.quoted(key) + " = ?"));
                PreparedStatement select = select(connection, parent.key(), portion);
                ResultSet rows = select.executeQuery()) {
            int waiting = 0;
            while (rows.next()) {
                List<Object> key = key(rows);
                for (int i = 0; i < key.size(); i++) {
                    dialect.set(delete, i + 1, keyTypes.get(i), key.get(i));
                }
                delete.addBatch();
                if (++waiting % BATCH == 0) {
                    delete.executeBatch();
                }
            }
            delete.executeBatch();
        }
    }

    /** To be closed by the caller: the pool holds on to a statement, and it to its rows, until somebody closes it. */
    private PreparedStatement select(Connection connection, List<String> columns, Portion portion) throws SQLException {
        PreparedStatement select = connection.prepareStatement("select " + Sql.join(", ", columns, dialect::quoted) + " from " + portion.source
                + (portion.object == null ? "" : " where " + dialect.quoted(parent.key().get(0)) + " = ?"));
        select.setFetchSize(BATCH);
        if (portion.object != null) {
            dialect.set(select, 1, keyTypes.get(0), portion.object);
        }
        return select;
    }

    /** The key of a parent row, which the first columns hold. */
    private List<Object> key(ResultSet row) throws SQLException {
        List<Object> key = new ArrayList<>(keyTypes.size());
        for (ColumnType type : keyTypes) {
            key.add(dialect.get(row, key.size() + 1, type));
        }
        return key;
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
            this.columns = dialect.quoted(part.table().columnNames());
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
            dialect.insert(connection, name, columns, part.table().types(), waiting);
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
