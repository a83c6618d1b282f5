package org.brazeroutes.stream;

import java.time.LocalDate;
import java.util.Map;

/**
 * How far a partition is stored once certain records are.
 *
 * @param cursor where the partition's cursor moves to, or null if it stays
 * @param prints fingerprints of days to remember
 * @param oldest the first day whose fingerprint may be needed again, or null where none is kept
 */
public record Checkpoint(String partition, Cursor cursor, Map<LocalDate, String> prints, LocalDate oldest) {

    /** Of records that move no cursor. */
    public static final Checkpoint NONE = new Checkpoint(Stream.TOTAL, null, Map.of(), null);
}
