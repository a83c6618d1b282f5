package org.brazeroutes.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.brazeroutes.database.Sql;
import org.brazeroutes.json.FieldNames;
import org.brazeroutes.json.Json;
import org.brazeroutes.json.RecordReader;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Text;
import org.brazeroutes.stream.Unnest;

/** One unnested table of a stream, and the way from an object of a parent row to its rows. */
final class UnnestedTable {

    private final Unnest unnest;
    private final Table table;
    private final RowMapper mapper;
    private final int parentKeys;
    /** Columns that the parent and the way fill. */
    private final int keys;
    /** The places of key columns that hold text, and how long it may be in each. */
    private final int[] texts;
    private final int[] longest;

    /**
     * @param keyLength characters that a string in a key may have, by its place among the key's strings
     * @param all       those of the stream: what has a table of its own is no column here
     */
    UnnestedTable(IntUnaryOperator keyLength, Table parent, Unnest unnest, Collection<Unnest> all) {
        this.unnest = unnest;
        this.parentKeys = parent.key().size();
        this.keys = parentKeys + unnest.keyColumns().size();
        List<Column> columns = new ArrayList<>();
        parent.key().forEach(key -> columns.add(parent.column(key).orElseThrow()));
        unnest.keySteps().forEach(step -> columns.add(
                new Column(step.name(), step.kind() == Unnest.Step.Kind.PLACES ? ColumnType.INTEGER : ColumnType.STRING)));
        columns.addAll(UnnestedColumns.of(unnest));
        List<String> key = Sql.both(parent.key(), unnest.keyColumns());
        this.table = Table.of(unnest.table(), columns, parent.keyed() ? key : Sql.both(key, List.of(Table.SYNC_ID)), false);
        this.mapper = new RowMapper(table, Json::canonical, keyLength, UnnestedColumns.RENAMED, Set.copyOf(key), deeperMembers(all));
        List<String> names = table.columnNames();
        this.texts = table.keyStrings().stream().mapToInt(names::indexOf).toArray();
        this.longest = new int[texts.length];
        Arrays.setAll(longest, keyLength);
    }

    private Set<String> deeperMembers(Collection<Unnest> all) {
        Set<String> members = new HashSet<>();
        for (Unnest other : all) {
            int depth = unnest.steps().size();
            if (other.steps().size() > depth && other.steps().subList(0, depth).equals(unnest.steps())) {
                members.add(other.steps().get(depth).name());
            }
        }
        return members;
    }

    Table table() {
        return table;
    }

    /** The parent's column that holds the rows. */
    String column() {
        return unnest.column();
    }

    /**
     * The rows inside the object of the parent row with this key. Throws RecordException for one whose key is too long.
     *
     * @param object a part of a record, or JSON text
     * @param names  those that were met in other objects
     */
    List<Object[]> rows(List<Object> key, Object object, FieldNames names, OffsetDateTime syncedAt, long syncId) {
        Walk walk = new Walk(Arrays.copyOf(key.toArray(), keys), syncedAt, syncId);
        try (RecordReader reader = RecordReader.inside(object, names)) {
            reader.parser().nextToken();
            walk.descend(reader, 1, parentKeys);
            return walk.rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The way through one object. */
    private final class Walk {

        private final Object[] way;
        private final OffsetDateTime syncedAt;
        private final long syncId;
        private final List<Object[]> rows = new ArrayList<>();

        Walk(Object[] way, OffsetDateTime syncedAt, long syncId) {
            this.way = way;
            this.syncedAt = syncedAt;
            this.syncId = syncId;
        }

        /** Takes the value that begins with the parser's current token, and leaves the parser at its end. */
        void descend(RecordReader reader, int depth, int filled) throws IOException {
            JsonParser parser = reader.parser();
            if (depth == unnest.steps().size()) {
                rows.add(row(fields(reader), way, syncedAt, syncId));
                return;
            }
            Unnest.Step next = unnest.steps().get(depth);
            boolean list = next.kind() == Unnest.Step.Kind.PLACES;
            if (parser.currentToken() != (list ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
                reader.skip();
            } else if (list) {
                for (long i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    way[filled] = i;
                    descend(reader, depth + 1, filled + 1);
                }
            } else {
                members(reader, depth, filled, next);
            }
        }

        private void members(RecordReader reader, int depth, int filled, Unnest.Step next) throws IOException {
            JsonParser parser = reader.parser();
            boolean member = next.kind() == Unnest.Step.Kind.MEMBER;
            Set<String> names = new HashSet<>();
            for (String name = reader.nextName(); name != null; name = reader.nextName()) {
                parser.nextToken();
                if (member && !name.equals(next.name())) {
                    reader.skip();
                    continue;
                }
                String key = Text.clean(name);
                int further = member ? filled : filled + 1;
                if (!member) {
                    way[filled] = key;
                }
                if (!names.add(key)) {
                    // of two with one name the later counts
                    rows.removeIf(row -> Arrays.equals(row, 0, further, way, 0, further));
                }
                descend(reader, depth + 1, further);
            }
        }
    }

    private static Map<String, Object> fields(RecordReader reader) throws IOException {
        if (reader.parser().currentToken() == JsonToken.START_OBJECT) {
            return reader.read();
        }
        Object value = reader.value();
        return value == null ? Map.of() : Map.of("value", value);
    }

    private Object[] row(Map<String, Object> fields, Object[] way, OffsetDateTime syncedAt, long syncId) {
        Object[] row = mapper.row(fields, syncedAt, syncId).values();
        System.arraycopy(way, 0, row, 0, keys);
        for (int i = 0; i < texts.length; i++) {
            String text = (String) row[texts[i]];
            if (text.length() > longest[i]) {
                throw new RecordException("the " + table.columns().get(texts[i]).name() + " of " + text.length() + " characters cannot be a key of "
                        + table.name() + " (" + longest[i] + " at most); set sink.jdbc.unnest=false to do without it");
            }
        }
        return row;
    }
}
