package org.brazeroutes.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record as a JSON object: Braze's fields just as they came, the parent's key, and the marks of the pass. */
public final class RecordJson {

    private RecordJson() {
    }

    public static String text(Map<String, Object> record, Instant syncedAt, long syncId) {
        return new String(bytes(record, syncedAt, syncId), StandardCharsets.UTF_8);
    }

    static byte[] bytes(Map<String, Object> record, Instant syncedAt, long syncId) {
        Map<String, Object> marked = new LinkedHashMap<>(record);
        marked.put(Table.SYNCED_AT, syncedAt.toString());
        marked.put(Table.SYNC_ID, syncId);
        return Json.exact(marked);
    }

    /** Any JSON value as text, its strings unchanged. */
    public static String value(Object value) {
        return new String(Json.exact(value), StandardCharsets.UTF_8);
    }
}
