package org.brazeroutes.braze;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.json.Json;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.json.RecordReader;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.Text;

/** Reads the records out of a body, in one walk over its tokens, or says what is wrong with it. */
final class AnswerReader {

    /** Characters of Braze's own words that fit into a line. */
    private static final int MESSAGE = 200;

    private static final String NO_UTF8 = "the body is not UTF-8";

    private final Stream stream;
    private final JsonParser parser;
    private final RecordReader reader;
    private Object message;
    private List<Map<String, Object>> records;
    /** What is wrong with the records; told only if the whole is JSON and a success. */
    private String wrong;

    private AnswerReader(Stream stream, byte[] body, JsonParser parser) {
        this.stream = stream;
        this.parser = parser;
        this.reader = new RecordReader(parser, body, stream.partition());
    }

    static Answer read(Stream stream, byte[] body) throws BrokenAnswerException {
        if (inWideCharacters(body)) {
            throw new BrokenAnswerException(NO_UTF8);
        }
        AnswerReader answer = parsed(stream, body);
        // looked for outside the turn, as it needs no parser
        if (!answer.reader.isUtf8()) {
            throw new BrokenAnswerException(NO_UTF8);
        }
        return answer.proper();
    }

    private static AnswerReader parsed(Stream stream, byte[] body) throws BrokenAnswerException {
        Json.TURN.lock();
        try (JsonParser parser = Json.parser(body)) {
            AnswerReader answer = new AnswerReader(stream, body, parser);
            answer.read();
            return answer;
        } catch (JsonProcessingException e) {
            throw new BrokenAnswerException("the body is not JSON: " + e.getOriginalMessage().replaceAll("\\s+", " ").replaceAll("\\[Source: [^;]*; ", "["));
        } catch (IOException e) {
            throw new BrokenAnswerException("the body cannot be read: " + e.getMessage());
        } finally {
            Json.TURN.unlock();
        }
    }

    /** What the body of a refusal says in one short line, if it says anything. */
    static Optional<String> message(byte[] body) {
        try (JsonParser parser = Json.parser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("message") && !parser.getText().isBlank()) {
                        // databases take neither half characters nor all of those that control
                        return Optional.of(Text.clean(parser.getText()).replaceAll("[\\s\\p{Cc}\uFFFD]+", " ").strip())
                                .map(text -> text.substring(0, Math.min(MESSAGE, text.length())));
                    }
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // the status says enough
        }
        return Optional.empty();
    }

    /** The parser would take UTF-16 and UTF-32 too, but records are told by their places in bytes of UTF-8. */
    private static boolean inWideCharacters(byte[] body) {
        return body.length > 1 && (body[0] == 0 || body[1] == 0 || body[0] == (byte) 0xFE || body[0] == (byte) 0xFF);
    }

    private void read() throws IOException, BrokenAnswerException {
        boolean object = parser.nextToken() == JsonToken.START_OBJECT;
        if (!object) {
            skip();
        } else if (stream.records().isEmpty()) {
            JsonRecord record = reader.read();
            message = record.remove("message");
            records = List.of(record);
        } else {
            members(0);
        }
        if (parser.nextToken() != null || !object) {
            throw new BrokenAnswerException(object ? "the body is not JSON: something follows its end" : "the body is not a JSON object");
        }
    }

    private Answer proper() throws BrokenAnswerException {
        // a list page may come without its status word, but the record of a details answer cannot be told from an error
        if (message == null ? stream.records().isEmpty() : !"success".equals(message)) {
            throw new BrokenAnswerException("message is " + (message == null ? "missing" : "not 'success'"));
        }
        if (records == null || wrong != null) {
            throw new BrokenAnswerException(wrong != null ? wrong : String.join(".", stream.records()) + " is missing");
        }
        return new Answer(records);
    }

    /** Walks the members of the object that was just entered, and into those that lead to the records. */
    private void members(int depth) throws IOException {
        List<String> path = stream.records();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            boolean onPath = name.equals(path.get(depth));
            boolean last = depth == path.size() - 1;
            if (depth == 0 && name.equals("message")) {
                message = token == JsonToken.VALUE_NULL ? null : token == JsonToken.VALUE_STRING ? parser.getText() : token;
                skip();
            } else if (onPath && last && token == JsonToken.START_ARRAY) {
                records();
            } else if (onPath && !last && token == JsonToken.START_OBJECT) {
                members(depth + 1);
            } else {
                wrong = onPath && last && token != JsonToken.VALUE_NULL ? String.join(".", path) + " is not a list" : wrong;
                skip();
            }
        }
    }

    private void skip() throws IOException {
        if (parser.currentToken() != null) {
            parser.skipChildren();
        }
    }

    private void records() throws IOException {
        List<Column> keys = new ArrayList<>();
        for (String key : stream.keyFields()) {
            keys.add(stream.column(key).orElseGet(() -> new Column(key, ColumnType.STRING)));
        }
        records = new ArrayList<>();
        wrong = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonRecord record = record();
            if (record == null) {
                wrong = wrong == null ? "a record is not an object" : wrong;
                skip();
                continue;
            }
            for (Column key : keys) {
                if (wrong == null && !valid(key, record)) {
                    wrong = "a record has no valid " + key.name();
                }
            }
            records.add(record);
        }
    }

    /** Null for what is no record. Of a list of plain names, for a stream of one column, each becomes one. */
    private JsonRecord record() throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return reader.read();
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING && stream.columns().size() == 1) {
            JsonRecord record = new JsonRecord();
            record.put(stream.keyFields().get(0), parser.getText());
            return record;
        }
        return null;
    }

    private static boolean valid(Column column, JsonRecord record) {
        Object key = record.get(column.name());
        return switch (column.type()) {
            case STRING -> key instanceof String text && !text.isEmpty();
            case DATE -> key instanceof String && isDay(record, column.name());
            case INTEGER -> key instanceof Integer || key instanceof Long;
            default -> key != null;
        };
    }

    private static boolean isDay(JsonRecord record, String field) {
        try {
            JsonRecord.day(record, field);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
