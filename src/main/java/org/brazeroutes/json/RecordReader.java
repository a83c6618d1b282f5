package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the records of one body, one after the other. Those whose fields come in the same order share their names. */
public final class RecordReader implements Closeable {

    private final JsonParser parser;
    private final JsonBody body;
    private final int base;
    private final String added;
    private final FieldNames names;
    private JsonRecord last = new JsonRecord();

    /**
     * @param body  what the parser reads, from its first byte
     * @param added the field that is going to be added to each record, or null
     */
    public RecordReader(JsonParser parser, byte[] body, String added) {
        this(parser, new JsonBody(body), 0, added, new FieldNames());
    }

    /** @param base the place in the body where the parser began */
    RecordReader(JsonParser parser, JsonBody body, int base, String added, FieldNames names) {
        this.parser = parser;
        this.body = body;
        this.base = base;
        this.added = added;
        this.names = names;
    }

    /**
     * A reader for the records that stand somewhere inside a value: a part of a record, JSON text in UTF-8, or maps and lists.
     *
     * @param names those of the values of this kind that were read before
     */
    public static RecordReader inside(Object value, FieldNames names) throws IOException {
        if (value instanceof JsonPart part) {
            return part.reader(names);
        }
        byte[] text = value instanceof byte[] utf8 ? utf8 : Json.exact(value);
        return new RecordReader(Json.parser(text), new JsonBody(text), 0, null, names);
    }

    public JsonParser parser() {
        return parser;
    }

    /** False if bytes of the body are no UTF-8 although the parser took them, apart from lone surrogates, which count as characters. */
    public boolean isUtf8() {
        return body.isUtf8();
    }

    /** Reads the object whose start is the parser's current token. */
    public JsonRecord read() throws IOException {
        JsonRecord record = new JsonRecord(last);
        JsonLocation start = parser.currentTokenLocation();
        boolean repeated = false;
        names.begin();
        for (String name = nextName(); name != null; name = nextName()) {
            parser.nextToken();
            repeated |= record.read(name, value());
        }
        record.expect(added);
        JsonLocation end = parser.currentTokenLocation();
        if (!repeated) {
            if (end.getLineNr() != start.getLineNr()) {
                body.makeOneLine(place(start), place(end));
            }
            record.cameAs(body, place(start), place(end));
        }
        last = record;
        return record;
    }

    /** The value that begins with the parser's current token: a scalar, or an object or array as a {@link JsonPart}. */
    public Object value() throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return scalar(parser);
        }
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        int from = place(parser.currentTokenLocation());
        skip();
        return new JsonPart(body, from, place(parser.currentTokenLocation()) + 1, object);
    }

    /** The name of the next field of the object that the parser is in; null, with the parser there, at its end. */
    public String nextName() throws IOException {
        return names.next(parser);
    }

    /** Goes to the last token of the value that begins with the parser's current token. */
    public void skip() throws IOException {
        skip(parser.currentToken());
    }

    private void skip(JsonToken first) throws IOException {
        if (first == JsonToken.START_OBJECT) {
            while (nextName() != null) {
                skip(parser.nextToken());
            }
        } else if (first == JsonToken.START_ARRAY) {
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                skip(token);
            }
        }
    }

    private int place(JsonLocation token) {
        return base + (int) token.getByteOffset();
    }

    /** The value that begins with the parser's current token, objects as maps and arrays as lists. */
    static Object tree(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                object.put(name, tree(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(tree(parser));
            }
            return array;
        }
        return scalar(parser);
    }

    static Object scalar(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("no value: " + parser.currentToken());
        };
    }

    private static Number decimal(JsonParser parser) throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            String text = parser.getText();
            return text.matches("-?[0.]+[eE].*") ? BigDecimal.ZERO : new FarNumber(text);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
