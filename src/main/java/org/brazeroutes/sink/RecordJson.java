package org.brazeroutes.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brazeroutes.json.JsonBuffer;
import org.brazeroutes.json.JsonRecord;

/** Records as JSON objects: Braze's fields just as they came, the parent's key, and the marks of the pass. Used by one thread at a time. */
public final class RecordJson {

    private final JsonBuffer text = new JsonBuffer();
    private Instant markedAt;
    private long markedId;
    private byte[] marks;

    public String text(Map<String, Object> record, Instant syncedAt, long syncId) {
        JsonBuffer written = write(record, syncedAt, syncId);
        return new String(written.bytes(), 0, written.size(), StandardCharsets.UTF_8);
    }

    /** The object's text; it stands until the next call. */
    JsonBuffer write(Map<String, Object> record, Instant syncedAt, long syncId) {
        if (!syncedAt.equals(markedAt) || syncId != markedId) {
            markedAt = syncedAt;
            markedId = syncId;
            marks = ("\"" + Table.SYNCED_AT + "\":\"" + RowMapper.time(syncedAt).toInstant() + "\",\"" + Table.SYNC_ID + "\":" + syncId + "}")
                    .getBytes(StandardCharsets.UTF_8);
        }
        text.clear();
        JsonRecord.write(withoutMarks(record), text);
        if (text.size() > 1) {
            text.add(',');
        }
        text.add(marks, 0, marks.length);
        return text;
    }

    private static Map<String, Object> withoutMarks(Map<String, Object> record) {
        if (!JsonRecord.has(record, Table.SYNCED_AT, Table.SYNC_ID)) {
            return record;
        }
        Map<String, Object> without = new LinkedHashMap<>(record);
        without.remove(Table.SYNCED_AT);
        without.remove(Table.SYNC_ID);
        return without;
    }
}
