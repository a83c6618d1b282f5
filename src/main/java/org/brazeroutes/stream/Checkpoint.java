package org.brazeroutes.stream;

import java.time.LocalDate;
import java.util.Map;

/**
 * How far a partition is stored once certain records are.
 *
 * @param cursor where the partition's cursor moves to, or null if it stays
 * @param prints fingerprints of days that replace those remembered of the partition, or null if they stay
 */
public record Checkpoint(String partition, Cursor cursor, Map<LocalDate, String> prints) {

    /** Of records that move no cursor. */
    public static final Checkpoint NONE = new Checkpoint(Stream.TOTAL, null, null);

    /** True if there is nothing to save. */
    public boolean isEmpty() {
        return cursor == null && prints == null;
    }
}
