package org.brazeroutes.sink;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.json.Json;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.stream.ColumnType;

/** Makes rows of a table from records; what the table has no column for, or the wrong one, goes to {@code _extra}. */
final class RowMapper {

    /** Stands for the place of a field that is left out. */
    private static final int LEFT = -1;

    private final Table table;
    private final UnaryOperator<Object> json;
    private final Map<String, Integer> places = new HashMap<>();
    private final ColumnType[] types;
    private final int[] keys;
    /** Characters that a string may have, for each column of the key. */
    private final int[] longest;
    private final int syncedAt;
    private final int syncId;
    private final int extra;

    /** For rows of files. */
    RowMapper(Table table) {
        this(table, Json::canonical, place -> Dialect.KEY_LENGTH, Map.of(), Set.of(), Set.of());
    }

    /** For rows of a table in a database of that product. */
    RowMapper(Table table, Dialect dialect) {
        this(table, dialect::json, dialect::keyLength, Map.of(), Set.of(), Set.of());
    }

    /**
     * @param json      what becomes of an object or array
     * @param keyLength characters that a string in a key may have, by its place among the key's strings
     * @param renamed   fields whose column has another name
     * @param others    columns that fields do not fill
     * @param left      fields that are left out
     */
    RowMapper(Table table, UnaryOperator<Object> json, IntUnaryOperator keyLength, Map<String, String> renamed, Set<String> others, Set<String> left) {
        this.table = table;
        this.json = json;
        List<String> names = table.columnNames();
        names.forEach(name -> places.put(name, places.size()));
        places.keySet().removeAll(others);
        places.keySet().removeAll(renamed.values());
        renamed.forEach((field, column) -> {
            if (names.contains(column)) {
                places.put(field, names.indexOf(column));
            }
        });
        left.forEach(field -> places.put(field, LEFT));
        types = table.types().toArray(ColumnType[]::new);
        keys = table.key().stream().mapToInt(names::indexOf).toArray();
        List<String> strings = table.keyStrings();
        longest = table.key().stream().mapToInt(key -> strings.contains(key) ? keyLength.applyAsInt(strings.indexOf(key)) : Integer.MAX_VALUE).toArray();
        syncedAt = names.indexOf(Table.SYNCED_AT);
        syncId = names.indexOf(Table.SYNC_ID);
        extra = names.indexOf(Table.EXTRA);
    }

    /**
     * The rows of these records by key; of two with one key the later stays. Refused records add a line. Throws RecordException for
     * one without its key.
     */
    Map<List<Object>, Row> rows(List<Map<String, Object>> records, Instant now, long id, List<String> refused) {
        var rows = new LinkedHashMap<List<Object>, Row>();
        OffsetDateTime syncedAt = time(now);
        for (Map<String, Object> record : records) {
            Row row = row(record, syncedAt, id);
            String reason = refusal(row);
            if (reason == null) {
                rows.put(row.key(), row);
            } else {
                refused.add(reason);
            }
        }
        return rows;
    }

    /** The time of the pass as rows hold it: what databases keep of it. */
    static OffsetDateTime time(Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    Row row(Map<String, Object> record, OffsetDateTime now, long id) {
        Object[] values = new Object[types.length];
        Rest rest = new Rest();
        JsonRecord.forEachField(record, (name, field) -> {
            Integer place = places.get(name);
            boolean declared = place != null && place < syncedAt;
            Object value = declared && place != LEFT ? Values.convert(types[place], field, json) : Values.MISFIT;
            if (value != Values.MISFIT) {
                values[place] = value;
            } else if (place == null || place != LEFT) {
                rest.add(name, field, declared);
            }
        });
        values[syncedAt] = now;
        values[syncId] = id;
        values[extra] = rest.fields == null ? null : json.apply(rest.fields);
        Object[] key = new Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            key[i] = values[keys[i]];
        }
        return new Row(values, Arrays.asList(key), record, rest.misfits);
    }

    /** What goes to {@code _extra}; most records have nothing there. */
    private static final class Rest {

        private Map<String, Object> fields;
        private int misfits;

        void add(String name, Object field, boolean declared) {
            fields = fields == null ? new LinkedHashMap<>() : fields;
            fields.put(name, field);
            misfits += declared ? 1 : 0;
        }
    }

    private String refusal(Row row) {
        for (int i = 0; i < row.key().size(); i++) {
            Object value = row.key().get(i);
            if (value == null) {
                // answers with such records are refused before: a step of the route has changed it
                throw new RecordException("a record has no valid " + table.key().get(i));
            }
            if (value instanceof String text && text.length() > longest[i]) {
                return "the " + table.key().get(i) + " of " + text.length() + " characters cannot be a key (" + longest[i] + " at most)";
            }
        }
        return null;
    }
}
