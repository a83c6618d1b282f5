package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the names of fields. Records of one kind have mostly the same names in the same order, so a name is first compared
 * with the one that came in this place before; that is faster than to look each one up. Used by one thread at a time.
 */
public final class FieldNames {

    /** A name, and the one that followed it last. */
    private static final class Name {

        private final SerializedString text;
        /** False for a name that is no text, of which the parser could not make the bytes to compare with. */
        private final boolean comparable;
        private Name next;

        Name(String text) {
            this.text = new SerializedString(text);
            this.comparable = text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }
    }

    /** Names that are kept: objects may have ids as names, and those have no end. */
    private static final int MOST = 1_000;

    private final Map<String, Name> known = new HashMap<>();
    private final Name start = new Name("");
    private Name last = start;

    /** What comes next is a record's first name. */
    void begin() {
        last = start;
    }

    /** The name of the parser's next field, one object for all of its letters; null, with the parser there, at the end of its object. */
    String next(JsonParser parser) throws IOException {
        if (last.next == null) {
            parser.nextToken();
        } else if (parser.nextFieldName(last.next.text)) {
            last = last.next;
            return last.text.getValue();
        }
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        if (known.size() == MOST) {
            known.clear();
        }
        Name name = known.computeIfAbsent(parser.currentName(), Name::new);
        last.next = name.comparable ? name : null;
        last = name;
        return name.text.getValue();
    }
}
