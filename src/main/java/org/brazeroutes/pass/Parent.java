package org.brazeroutes.pass;

import java.util.Map;
import org.brazeroutes.stream.Text;

/**
 * An object of a list stream, as its child streams see it.
 *
 * @param id     its key
 * @param fields its boolean fields, by which a child may choose
 * @param edited when it was edited last, in Braze's spelling, or null if the list does not tell
 */
record Parent(String id, Map<String, Boolean> fields, String edited) {

    /** The id as databases take it, which refuse some characters. */
    String key() {
        return Text.clean(id);
    }
}
