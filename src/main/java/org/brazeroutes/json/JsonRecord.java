package org.brazeroutes.json;

import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.brazeroutes.stream.IsoDate;

/**
 * A record of an answer: a map of its fields that remembers the bytes it came in. They stand for it until a field is changed
 * or something changeable is handed out; fields that are added are written behind them. Used by one thread at a time.
 */
public final class JsonRecord extends AbstractMap<String, Object> {

    /**
     * Each the one object of its letters. May be shared by records: a name that stands there is never replaced, and names
     * beyond a record's own do not count.
     */
    private String[] names;
    private Object[] values;
    private int count;
    /** Fields from here on were added. */
    private int read;
    private JsonBody body;
    private int from;
    private int to;
    /** The fields, once they may be changed. */
    private Map<String, Object> open;
    private String dayText;
    private LocalDate day;

    public JsonRecord() {
        names = new String[16];
        values = new Object[16];
    }

    /** A record without fields that may turn out to have those of the other one. */
    JsonRecord(JsonRecord like) {
        names = like.names;
        values = new Object[names.length];
    }

    /** Reads the next field, whose name is the one object of its letters; true if the record had it already. */
    boolean read(String name, Object value) {
        boolean expected = count < names.length && names[count] == name;
        int place = expected ? -1 : placeOfInterned(name);
        if (place >= 0) {
            values[place] = value;
        } else {
            add(name, value);
        }
        read = count;
        return place >= 0;
    }

    /** Makes room for a field's name, so that records which get that field go on sharing their names; null for none. */
    void expect(String name) {
        if (name != null && count < names.length && names[count] == null) {
            names[count] = name;
        }
    }

    /** The bytes that the fields were read from, without the closing bracket. */
    void cameAs(JsonBody source, int begin, int end) {
        body = source;
        from = begin;
        to = end;
    }

    /** How many bytes of an answer it stands for; 0 if it came from elsewhere. */
    public static int length(Map<String, Object> record) {
        return record instanceof JsonRecord read ? read.to - read.from : 0;
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

    /** The value in that field of any record, an object or array as it came if that is known; null if there is none. */
    public static Object asItCame(Map<String, Object> record, String field) {
        return record instanceof JsonRecord read && read.open == null ? read.raw(field) : record.get(field);
    }

    /** False if the record has the fields that it was read with, and perhaps further ones. */
    public static boolean mayHaveChanged(Map<String, Object> record) {
        return !(record instanceof JsonRecord read) || read.open != null;
    }

    /** True if any record has one of these two fields, whose names are literals. */
    public static boolean has(Map<String, Object> record, String one, String other) {
        if (!(record instanceof JsonRecord read) || read.open != null) {
            return record.containsKey(one) || record.containsKey(other);
        }
        return read.placeOfInterned(one) >= 0 || read.placeOfInterned(other) >= 0;
    }

    private Object raw(Object field) {
        int place = place(field);
        return place < 0 ? null : values[place];
    }

    /** The day in that field of any record; throws DateTimeParseException for other text, ClassCastException for no text. */
    public static LocalDate day(Map<String, Object> record, String field) {
        String text = (String) record.get(field);
        return record instanceof JsonRecord read ? read.day(text) : IsoDate.parse(text);
    }

    /** Each step on the way asks for the day again. */
    private LocalDate day(String text) {
        if (day == null || text != dayText) {
            day = IsoDate.parse(text);
            dayText = text;
        }
        return day;
    }

    /** Adds the record as a JSON object without its closing bracket, just as it came. */
    public static void write(Map<String, Object> record, JsonBuffer out) {
        if (record instanceof JsonRecord read && read.open == null && read.body != null && !read.body.hasSurrogates()) {
            out.add(read.body.bytes, read.from, read.to);
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

    @Override
    public Object get(Object name) {
        if (open == null) {
            Object value = raw(name);
            if (!(value instanceof JsonPart)) {
                return value;
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
        boolean expected = count < names.length && names[count] == name;
        if (open == null && (expected ? placeOfInterned(name) : place(name)) < 0) {
            if (count < names.length && !expected) {
                ownNames();
            }
            add(expected ? name : name.intern(), value);
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

    private void add(String name, Object value) {
        if (count == values.length) {
            names = Arrays.copyOf(names, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        if (names[count] != null && names[count] != name) {
            ownNames();
        }
        names[count] = name;
        values[count++] = value;
    }

    private void ownNames() {
        names = Arrays.copyOf(Arrays.copyOf(names, count), values.length);
    }

    private int place(Object name) {
        int place = placeOfInterned(name);
        int length = name instanceof String text ? text.length() : -1;
        for (int i = 0; place < 0 && i < count; i++) {
            place = names[i].length() == length && names[i].equals(name) ? i : -1;
        }
        return place;
    }

    /** By the one object of the name's letters, as parser and declarations give it. */
    private int placeOfInterned(Object name) {
        for (int i = 0; i < count; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }
}
