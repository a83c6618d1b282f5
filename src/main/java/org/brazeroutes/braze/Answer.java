package org.brazeroutes.braze;

import java.util.List;
import java.util.Map;

/** A proper answer. Not a record: Camel looks beans up by their hash, and that of a page would be computed each time. */
public final class Answer {

    private final List<Map<String, Object>> records;

    public Answer(List<Map<String, Object>> records) {
        this.records = records;
    }

    /** Its records, each with valid keys; the fields in Braze's order. */
    public List<Map<String, Object>> records() {
        return records;
    }
}
