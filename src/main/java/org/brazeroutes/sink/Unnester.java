package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Sql;
import org.brazeroutes.json.Json;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.Unnest;

/** Keeps the unnested tables of a stream in step with its rows, in the transactions that change these. */
final class Unnester {

    /** Inner rows that one batch sends; a batch of a large table must not need the heap. */
    private static final int BATCH = 1000;

    private final Database database;
    private final Tables tables;
    private final Table parent;
    private final boolean enabled;
    private final Map<Unnest, Table> parts = new LinkedHashMap<>();

    Unnester(Database database, Tables tables, Stream stream, Table parent, boolean enabled) {
        this.database = database;
        this.tables = tables;
        this.parent = parent;
        this.enabled = enabled;
        for (Unnest unnest : stream.unnest()) {
            List<Column> columns = new ArrayList<>();
            parent.key().forEach(key -> columns.add(parent.column(key).orElseThrow()));
            unnest.steps().stream().filter(step -> step.kind() != Unnest.Step.Kind.MEMBER).forEach(step -> columns.add(
                    new Column(step.name(), step.kind() == Unnest.Step.Kind.PLACES ? ColumnType.INTEGER : ColumnType.STRING)));
            columns.addAll(UnnestedColumns.of(unnest));
            parts.put(unnest, Table.of(unnest.table(), columns, key(unnest), false));
        }
    }

    private List<String> key(Unnest unnest) {
        List<String> key = Sql.both(parent.key(), unnest.keyColumns());
        return parent.keyed() ? key : Sql.both(key, List.of(Table.SYNC_ID));
    }

    /**
     * Creates the tables and fills new ones from the rows that are stored already. Switched off, the tables stay as they
     * are but are no longer ours, so that switching on again builds them anew.
     */
    void prepare(Connection connection) throws SQLException {
        for (Map.Entry<Unnest, Table> part : parts.entrySet()) {
            String name = part.getValue().name();
            boolean ours = tables.exists(connection, name) && tables.registered(connection, name);
            if (enabled && !ours) {
                tables.prepare(connection, part.getValue());
                fill(connection, part, database.table(parent.name()));
            } else if (enabled) {
                tables.prepare(connection, part.getValue());
            } else if (ours) {
                Database.execute(connection, "delete from " + database.table(name));
                tables.unregister(connection, name);
            }
        }
    }

    /** Adds the inner rows of parent rows that are new. */
    void add(Connection connection, Collection<Row> rows) throws SQLException {
        if (!enabled) {
            return;
        }
        for (Map.Entry<Unnest, Table> part : parts.entrySet()) {
            try (Inserts inserts = new Inserts(connection, part)) {
                for (Row row : rows) {
                    inserts.add(row.key(), row.record().get(part.getKey().column()),
                            (OffsetDateTime) value(row, Table.SYNCED_AT), (Long) value(row, Table.SYNC_ID));
                }
            }
        }
    }

    /** Adds the inner rows of the parent rows in the source table, which are new. */
    void append(Connection connection, String source) throws SQLException {
        if (enabled) {
            for (Map.Entry<Unnest, Table> part : parts.entrySet()) {
                fill(connection, part, source);
            }
        }
    }

    /** Replaces the inner rows of the parent rows in the source table. */
    void replace(Connection connection, String source) throws SQLException {
        if (!enabled) {
            return;
        }
        for (Map.Entry<Unnest, Table> part : parts.entrySet()) {
            delete(connection, part.getValue(), source);
            fill(connection, part, source);
        }
    }

    /** Removes inner rows whose parent row is gone. */
    void removeOrphans(Connection connection) throws SQLException {
        if (!enabled) {
            return;
        }
        for (Table part : parts.values()) {
            Database.execute(connection, database.dialect().deleteFrom(database.table(part.name()), "c") + " where not exists (select 1 from "
                    + database.table(parent.name()) + " t where " + onKey("t", "c") + ")");
        }
    }

    /** Key by key, each through the primary key's index: few rows change, and the table is large. */
    private void delete(Connection connection, Table part, String source) throws SQLException {
        String keys = Sql.join(", ", parent.key(), database.dialect()::quoted);
        try (PreparedStatement select = connection.prepareStatement("select " + keys + " from " + source);
                PreparedStatement delete = connection.prepareStatement("delete from " + database.table(part.name()) + " where "
                        + Sql.join(" and ", parent.key(), key -> database.dialect().quoted(key) + " = ?"));
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                for (int i = 1; i <= parent.key().size(); i++) {
                    database.dialect().set(delete, i, keyType(i), database.dialect().get(rows, i, keyType(i)));
                }
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private void fill(Connection connection, Map.Entry<Unnest, Table> part, String source) throws SQLException {
        List<String> columns = Sql.both(parent.key(), List.of(part.getKey().column(), Table.SYNCED_AT, Table.SYNC_ID));
        int keys = parent.key().size();
        try (PreparedStatement select = connection.prepareStatement("select " + Sql.join(", ", columns, database.dialect()::quoted)
                + " from " + source); ResultSet rows = fetched(select); Inserts inserts = new Inserts(connection, part)) {
            while (rows.next()) {
                List<Object> key = new ArrayList<>(keys);
                for (int i = 1; i <= keys; i++) {
                    key.add(database.dialect().get(rows, i, keyType(i)));
                }
                String json = rows.getString(keys + 1);
                inserts.add(key, json == null ? null : Json.object(json),
                        RowMapper.time(database.dialect().time(rows, keys + 2)), rows.getLong(keys + 3));
            }
        }
    }

    private static ResultSet fetched(PreparedStatement select) throws SQLException {
        select.setFetchSize(BATCH);
        return select.executeQuery();
    }

    private ColumnType keyType(int place) {
        return parent.column(parent.key().get(place - 1)).orElseThrow().type();
    }

    private Object value(Row row, String column) {
        return row.values()[parent.columnNames().indexOf(column)];
    }

    private String onKey(String left, String right) {
        return Sql.join(" and ", parent.key(), key -> left + "." + database.dialect().quoted(key) + " = " + right + "."
                + database.dialect().quoted(key));
    }

    /** Batched inserts into one unnested table. */
    private final class Inserts implements AutoCloseable {

        private final Unnest unnest;
        private final Table table;
        private final RowMapper mapper;
        private final Connection connection;
        private final List<Object[]> waiting = new ArrayList<>(BATCH);

        Inserts(Connection connection, Map.Entry<Unnest, Table> part) {
            this.connection = connection;
            unnest = part.getKey();
            table = part.getValue();
            mapper = new RowMapper(table);
        }

        void add(List<Object> key, Object object, OffsetDateTime syncedAt, long syncId) throws SQLException {
            if (!(object instanceof Map)) {
                return;
            }
            List<Map<String, Object>> found = new ArrayList<>();
            Map<String, Object> start = new HashMap<>();
            descend(object, 1, start, found);
            for (Map<String, Object> inner : found) {
                Row row = mapper.row(inner, syncedAt, syncId);
                for (int i = 0; i < key.size(); i++) {
                    row.values()[i] = key.get(i);
                }
                check(row);
                waiting.add(row.values());
                if (waiting.size() == BATCH) {
                    send();
                }
            }
        }

        private void check(Row row) {
            List<String> strings = table.keyStrings();
            for (int place = 0; place < strings.size(); place++) {
                int limit = database.dialect().keyLength(place);
                String text = (String) row.values()[table.columnNames().indexOf(strings.get(place))];
                if (text.length() > limit) {
                    throw new RecordException("a " + strings.get(place) + " of " + text.length() + " characters cannot be a key of "
                            + database.storedName(table.name()) + " (" + limit + " at most); set sink.jdbc.unnest=false to do without it");
                }
            }
        }

        private void send() throws SQLException {
            database.dialect().insert(connection, database.table(table.name()),
                    table.columnNames().stream().map(database.dialect()::quoted).toList(), table.types(), waiting);
            waiting.clear();
        }

        private void descend(Object value, int step, Map<String, Object> path, List<Map<String, Object>> found) {
            if (step == unnest.steps().size()) {
                found.add(innerRow(value, path));
                return;
            }
            Unnest.Step next = unnest.steps().get(step);
            if (next.kind() == Unnest.Step.Kind.MEMBER && value instanceof Map<?, ?> map) {
                descend(map.get(next.name()), step + 1, path, found);
            } else if (next.kind() == Unnest.Step.Kind.KEYS && value instanceof Map<?, ?> map) {
                map.forEach((name, inner) -> descend(inner, step + 1, with(path, next.name(), name), found));
            } else if (next.kind() == Unnest.Step.Kind.PLACES && value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    descend(list.get(i), step + 1, with(path, next.name(), (long) i), found);
                }
            }
        }

        /** The inner row's fields; what the way itself fills, or what goes into tables of its own, is left out. */
        private Map<String, Object> innerRow(Object value, Map<String, Object> path) {
            Map<String, Object> row = new LinkedHashMap<>();
            Set<String> elsewhere = deeperMembers();
            if (value instanceof Map<?, ?> map) {
                map.forEach((name, inner) -> {
                    if (!elsewhere.contains((String) name)) {
                        row.put(UnnestedColumns.columnOf((String) name), inner);
                    }
                });
            } else if (value != null) {
                row.put("value", value);
            }
            row.putAll(path);
            return row;
        }

        private Set<String> deeperMembers() {
            Set<String> members = new HashSet<>();
            for (Unnest other : parts.keySet()) {
                int depth = unnest.steps().size();
                if (other.steps().size() > depth && other.steps().subList(0, depth).equals(unnest.steps())) {
                    members.add(other.steps().get(depth).name());
                }
            }
            return members;
        }

        private static Map<String, Object> with(Map<String, Object> path, String name, Object value) {
            Map<String, Object> longer = new HashMap<>(path);
            longer.put(name, value);
            return longer;
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
