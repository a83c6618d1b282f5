package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An object or array inside a record, as the bytes it came in; parsed when it is asked for. Immutable. */
public final class JsonPart {

    private final JsonBody body;
    private final int from;
    private final int to;
    private final boolean object;

    JsonPart(JsonBody body, int from, int to, boolean object) {
        this.body = body;
        this.from = from;
        this.to = to;
        this.object = object;
    }

    /** True for an object, false for an array. */
    public boolean isObject() {
        return object;
    }

    /** A map or a list of its own, with all digits of numbers. */
    public Object value() {
        try (JsonParser parser = parser()) {
            parser.nextToken();
            return RecordReader.tree(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes it has. */
    public int length() {
        return to - from;
    }

    /** Copies its bytes, just as they came. */
    public void copyTo(byte[] target, int place) {
        System.arraycopy(body.bytes, from, target, place, to - from);
    }

    RecordReader reader(FieldNames names) throws IOException {
        return new RecordReader(parser(), body, from, null, names);
    }

    JsonParser parser() throws IOException {
        return Json.FACTORY.createParser(body.bytes, from, to - from);
    }

    @Override
    public String toString() {
        return value().toString();
    }
}
