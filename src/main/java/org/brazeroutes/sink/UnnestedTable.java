package org.brazeroutes.sink;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Sql;
import org.brazeroutes.json.Json;
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

    /** @param all those of the stream: what has a table of its own is no column here */
    UnnestedTable(Dialect dialect, Table parent, Unnest unnest, Collection<Unnest> all) {
        this.unnest = unnest;
        this.parentKeys = parent.key().size();
        this.keys = parentKeys + unnest.keyColumns().size();
        List<Column> columns = new ArrayList<>();
        parent.key().forEach(key -> columns.add(parent.column(key).orElseThrow()));
        unnest.steps().stream().filter(step -> step.kind() != Unnest.Step.Kind.MEMBER).forEach(step -> columns.add(
                new Column(step.name(), step.kind() == Unnest.Step.Kind.PLACES ? ColumnType.INTEGER : ColumnType.STRING)));
        columns.addAll(UnnestedColumns.of(unnest));
        List<String> key = Sql.both(parent.key(), unnest.keyColumns());
        this.table = Table.of(unnest.table(), columns, parent.keyed() ? key : Sql.both(key, List.of(Table.SYNC_ID)), false);
        this.mapper = new RowMapper(table, Json::canonical, UnnestedColumns.RENAMED, deeperMembers(all));
        List<String> names = table.columnNames();
        this.texts = table.keyStrings().stream().mapToInt(names::indexOf).toArray();
        this.longest = new int[texts.length];
        Arrays.setAll(longest, dialect::keyLength);
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

    /** Gives out the rows inside the object of the parent row with this key. Throws RecordException for one whose key is too long. */
    void rows(List<Object> key, Object object, OffsetDateTime syncedAt, long syncId, Consumer<Object[]> out) {
        Object[] way = Arrays.copyOf(key.toArray(), keys);
        descend(object, 1, way, parentKeys, inner -> out.accept(row(inner, way, syncedAt, syncId)));
    }

    private void descend(Object value, int depth, Object[] way, int filled, Consumer<Object> found) {
        if (depth == unnest.steps().size()) {
            found.accept(value);
            return;
        }
        Unnest.Step next = unnest.steps().get(depth);
        if (next.kind() == Unnest.Step.Kind.MEMBER && value instanceof Map<?, ?> map) {
            descend(map.get(next.name()), depth + 1, way, filled, found);
        } else if (next.kind() == Unnest.Step.Kind.KEYS && value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                way[filled] = Text.clean((String) name);
                descend(inner, depth + 1, way, filled + 1, found);
            });
        } else if (next.kind() == Unnest.Step.Kind.PLACES && value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                way[filled] = (long) i;
                descend(list.get(i), depth + 1, way, filled + 1, found);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Object[] row(Object inner, Object[] way, OffsetDateTime syncedAt, long syncId) {
        Map<String, Object> fields = inner instanceof Map<?, ?> map ? (Map<String, Object>) map : inner == null ? Map.of() : Map.of("value", inner);
        Object[] row = mapper.row(fields, syncedAt, syncId).values();
        System.arraycopy(way, 0, row, 0, keys);
        for (int i = 0; i < texts.length; i++) {
            String text = (String) row[texts[i]];
            if (text.length() > longest[i]) {
                throw new RecordException("a " + table.columns().get(texts[i]).name() + " of " + text.length() + " characters cannot be a key of "
                        + table.name() + " (" + longest[i] + " at most); set sink.jdbc.unnest=false to do without it");
            }
        }
        return row;
    }
}
