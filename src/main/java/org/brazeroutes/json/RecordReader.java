package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the records of one body, one after the other. Those whose fields come in the same order share their names. */
public final class RecordReader {

    private final JsonParser parser;
    private final JsonBody body;
    private final String added;
    private JsonRecord last = new JsonRecord();

    /**
     * @param body  what the parser reads, from its first byte
     * @param added the field that is going to be added to each record, or null
     */
    public RecordReader(JsonParser parser, byte[] body, String added) {
        this.parser = parser;
        this.body = new JsonBody(body);
        this.added = added;
    }

    /** Reads the object whose start is the parser's current token. */
    public JsonRecord read() throws IOException {
        JsonRecord record = new JsonRecord(last);
        int from = (int) parser.currentTokenLocation().getByteOffset();
        int line = parser.currentTokenLocation().getLineNr();
        boolean repeated = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            repeated |= record.read(name, value());
        }
        record.expect(added);
        // spread over lines it is no line of a file
        if (!repeated && parser.currentTokenLocation().getLineNr() == line) {
            record.cameAs(body, from, (int) parser.currentTokenLocation().getByteOffset());
        }
        last = record;
        return record;
    }

    private Object value() throws IOException {
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
}
