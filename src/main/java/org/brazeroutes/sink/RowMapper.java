package org.brazeroutes.sink;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.stream.Text;

/** Makes rows of a table from records; what the table has no column for, or the wrong one, goes to {@code _extra}. */
final class RowMapper {

    private final Table table;
    private final Map<String, Integer> places = new HashMap<>();
    private final int syncedAt;
    private final int syncId;
    private final int extra;

    RowMapper(Table table) {
        this.table = table;
        List<String> names = table.columnNames();
        names.forEach(name -> places.put(name, places.size()));
        syncedAt = names.indexOf(Table.SYNCED_AT);
        syncId = names.indexOf(Table.SYNC_ID);
        extra = names.indexOf(Table.EXTRA);
    }

    /** The rows of these records by key; of two with one key the later stays. Refused records add a line. */
    Map<List<Object>, Row> rows(List<Map<String, Object>> records, Instant now, long id, List<String> refused) {
        var rows = new LinkedHashMap<List<Object>, Row>();
        for (Map<String, Object> record : records) {
            Row row = row(record, now, id);
            String reason = refusal(row);
            if (reason == null) {
                rows.put(row.key(), row);
            } else {
                refused.add(reason);
            }
        }
        return rows;
    }

    Row row(Map<String, Object> record, Instant now, long id) {
        Object[] values = new Object[table.columns().size()];
        Map<String, Object> rest = null;
        int misfits = 0;
        for (Map.Entry<String, Object> field : record.entrySet()) {
            Integer place = places.get(field.getKey());
            boolean ours = place != null && place >= syncedAt;
            Object value = place == null || ours ? Values.MISFIT : Values.convert(table.columns().get(place).type(), field.getValue());
            if (value == Values.MISFIT) {
                rest = rest == null ? new TreeMap<>() : rest;
                rest.put(Text.clean(field.getKey()), field.getValue());
                misfits += place == null || ours ? 0 : 1;
            } else {
                values[place] = value;
            }
        }
        values[syncedAt] = now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        values[syncId] = id;
        values[extra] = rest == null ? null : Json.canonical(rest);
        List<Object> key = new ArrayList<>(table.key().size());
        table.key().forEach(column -> key.add(values[places.get(column)]));
        return new Row(values, key, record, misfits);
    }

    private String refusal(Row row) {
        for (int i = 0; i < row.key().size(); i++) {
            Object value = row.key().get(i);
            if (value == null) {
                return "a record has no valid " + table.key().get(i);
            }
            if (value instanceof String text && text.length() > Dialect.KEY_LENGTH) {
                return "a " + table.key().get(i) + " of " + text.length() + " characters cannot be a key (" + Dialect.KEY_LENGTH + " at most)";
            }
        }
        return null;
    }
}
