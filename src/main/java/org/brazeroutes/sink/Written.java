package org.brazeroutes.sink;

import java.util.List;

/**
 * What a write did.
 *
 * @param rows    inserted, changed or removed
 * @param misfits values that did not fit their declared type and went to {@code _extra}
 * @param refused records that could not be stored, one line each
 */
public record Written(long rows, long misfits, List<String> refused) {

    public static final Written NOTHING = new Written(0, 0, List.of());
}
