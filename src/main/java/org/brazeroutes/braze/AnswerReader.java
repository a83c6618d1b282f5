package org.brazeroutes.braze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;

/** Reads the records out of a body, or says what is wrong with it. Numbers keep all their digits. */
final class AnswerReader {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().readerFor(Object.class);

    private AnswerReader() {
    }

    static Answer read(Stream stream, byte[] body) throws BrokenAnswerException {
        Object whole;
        try {
            whole = READER.readValue(body);
        } catch (JsonProcessingException e) {
            throw new BrokenAnswerException("the body is not JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw new BrokenAnswerException("the body cannot be read: " + e.getMessage());
        }
        if (!(whole instanceof Map<?, ?> members)) {
            throw new BrokenAnswerException("the body is not a JSON object");
        }
        Object message = members.get("message");
        // a list page may come without its status word, but the record of a details answer cannot be told from an error
        if (message == null ? stream.records().isEmpty() : !"success".equals(message)) {
            throw new BrokenAnswerException("message is " + (message == null ? "missing" : "not 'success'"));
        }
        return new Answer(records(stream, members));
    }

    private static List<Map<String, Object>> records(Stream stream, Map<?, ?> members) throws BrokenAnswerException {
        if (stream.records().isEmpty()) {
            Map<String, Object> record = fields(members);
            record.remove("message");
            return List.of(record);
        }
        Object found = members;
        for (String member : stream.records()) {
            found = found instanceof Map<?, ?> map ? map.get(member) : null;
        }
        if (!(found instanceof List<?> list)) {
            throw new BrokenAnswerException(String.join(".", stream.records()) + (found == null ? " is missing" : " is not a list"));
        }
        List<Map<String, Object>> records = new ArrayList<>(list.size());
        for (Object item : list) {
            Map<String, Object> record = record(stream, item);
            for (String key : stream.keyFields()) {
                checkKey(stream, key, record.get(key));
            }
            records.add(record);
        }
        return records;
    }

    /** A list of plain names, for a stream of one column: each becomes a record. */
    private static Map<String, Object> record(Stream stream, Object item) throws BrokenAnswerException {
        if (item instanceof String name && stream.columns().size() == 1) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put(stream.keyFields().get(0), name);
            return record;
        }
        if (item instanceof Map<?, ?> map) {
            return fields(map);
        }
        throw new BrokenAnswerException("a record is not an object");
    }

    private static void checkKey(Stream stream, String key, Object value) throws BrokenAnswerException {
        ColumnType type = stream.column(key).map(Column::type).orElse(ColumnType.STRING);
        boolean valid = switch (type) {
            case STRING -> value instanceof String text && !text.isEmpty();
            case DATE -> value instanceof String text && isDate(text);
            case INTEGER -> value instanceof Integer || value instanceof Long;
            default -> value != null;
        };
        if (!valid) {
            throw new BrokenAnswerException("a record has no valid " + key);
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
