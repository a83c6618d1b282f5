package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A record of an answer: a map of its fields that remembers the bytes it came in. They stand for it until a field is changed
 * or something changeable is handed out; fields that are added are written behind them. Used by one thread at a time.
 */
public final class JsonRecord extends AbstractMap<String, Object> {

    private static final byte SURROGATE_LEAD = (byte) 0xED;

    private String[] names = new String[16];
    private Object[] values = new Object[16];
    private int count;
    /** Fields from here on were added. */
    private int read;
    private byte[] body;
    private int from;
    private int to;
    /** The fields, once they may be changed. */
    private Map<String, Object> open;

    public JsonRecord() {
    }

    /** Reads the object whose start is the parser's current token. The body is what the parser reads, from its first byte. */
    public static JsonRecord read(JsonParser parser, byte[] body) throws IOException {
        JsonRecord record = new JsonRecord();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        int line = parser.currentTokenLocation().getLineNr();
        boolean repeated = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            repeated |= record.set(record.placeOfInterned(name), name, value(parser, body));
        }
        record.read = record.count;
        // spread over lines it is no line of a file
        if (!repeated && parser.currentTokenLocation().getLineNr() == line) {
            record.body = body;
            record.from = from;
            record.to = (int) parser.currentTokenLocation().getByteOffset();
        }
        return record;
    }

    private static Object value(JsonParser parser, byte[] body) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return scalar(parser);
        }
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return new JsonPart(body, from, (int) parser.currentTokenLocation().getByteOffset() + 1, object);
    }

    static Object scalar(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("no value: " + parser.currentToken());
        };
    }

    /** The fields in their order, with objects and arrays as {@link JsonPart} as long as nobody may have changed them. */
    public void forEachField(BiConsumer<String, Object> visit) {
        if (open != null) {
            open.forEach(visit);
            return;
        }
        for (int i = 0; i < count; i++) {
            visit.accept(names[i], values[i]);
        }
    }

    /** The fields of any record. */
    public static void forEachField(Map<String, Object> record, BiConsumer<String, Object> visit) {
        if (record instanceof JsonRecord read) {
            read.forEachField(visit);
        } else {
            record.forEach(visit);
        }
    }

    /** Adds the record as a JSON object without its closing bracket, just as it came. */
    public static void write(Map<String, Object> record, JsonBuffer out) {
        if (record instanceof JsonRecord read && read.asItCame()) {
            out.add(read.body, read.from, read.to);
            for (int i = read.read; i < read.count; i++) {
                out.add(i == 0 ? ' ' : ',');
                out.addExact(read.names[i]);
                out.add(':');
                out.addExact(read.values[i]);
            }
        } else {
            byte[] object = Json.exact(record);
            out.add(object, 0, object.length - 1);
        }
    }

    /** False also for text that is not quite UTF-8: a lone surrogate must be written as an escape. */
    private boolean asItCame() {
        if (open != null || body == null) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (body[i] == SURROGATE_LEAD && (body[i + 1] & 0xE0) == 0xA0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Object get(Object name) {
        if (open == null) {
            int place = place(name);
            if (place < 0) {
                return null;
            }
            if (!(values[place] instanceof JsonPart)) {
                return values[place];
            }
        }
        return open().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return open == null ? place(name) >= 0 : open.containsKey(name);
    }

    @Override
    public int size() {
        return open == null ? count : open.size();
    }

    @Override
    public Object put(String name, Object value) {
        if (open == null && !containsKey(name)) {
            set(-1, name, value);
            return null;
        }
        return open().put(name, value);
    }

    @Override
    public Object remove(Object name) {
        return open().remove(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return open().entrySet();
    }

    private Map<String, Object> open() {
        if (open == null) {
            var fields = new LinkedHashMap<String, Object>();
            for (int i = 0; i < count; i++) {
                fields.put(names[i], values[i] instanceof JsonPart part ? part.value() : values[i]);
            }
            open = fields;
        }
        return open;
    }

    /** Sets the field at that place, or a new one; true if it was there already. */
    private boolean set(int place, String name, Object value) {
        if (place >= 0) {
            values[place] = value;
            return true;
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        names[count] = name;
        values[count++] = value;
        return false;
    }

    private int place(Object name) {
        int place = placeOfInterned(name);
        for (int i = 0; place < 0 && i < count; i++) {
            place = names[i].equals(name) ? i : -1;
        }
        return place;
    }

    /** Names that the parser gives are one object each. */
    private int placeOfInterned(Object name) {
        for (int i = 0; i < count; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }
}
