package org.brazeroutes.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON text of values, and back; numbers keep their digits. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** Java's patterns see a pair as one character, so this class finds lone ones only. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

    private Json() {
    }

    /** The value as text with ordered keys: equal values give equal text. */
    static String canonical(Object value) {
        try {
            return MAPPER.writeValueAsString(Values.ordered(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value as UTF-8 with keys as they come and strings unchanged: a lone surrogate, which UTF-8 lacks, is an escape. */
    static byte[] exact(Object value) {
        try {
            String text = MAPPER.writeValueAsString(value);
            return (LONE_SURROGATE.matcher(text).find() ? escaped(text) : text).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll(lone -> String.format("\\\\u%04x", (int) lone.group().charAt(0)));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        try {
            return MAPPER.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
