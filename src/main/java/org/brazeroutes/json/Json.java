package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** JSON text of values, and back; numbers keep their digits. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /**
     * Answers are read, and made rows of, by one thread at a time. In a process that has just started, several threads in code
     * that is still being compiled take longer together than one after the other; and one alone is faster than Braze's limits
     * let answers come.
     */
    public static final Lock TURN = new ReentrantLock();

    static final JsonFactory FACTORY = MAPPER.getFactory();
    static final ObjectReader READER = MAPPER.readerFor(Object.class);

    /** Java's patterns see a pair as one character, so this class finds lone ones only. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

    private Json() {
    }

    public static JsonParser parser(byte[] text) throws IOException {
        return FACTORY.createParser(text);
    }

    /** The value as UTF-8 with ordered keys and clean text: equal values give equal bytes. */
    public static byte[] canonical(Object value) {
        JsonBuffer out = new JsonBuffer();
        CanonicalJson.write(value, out);
        return out.toBytes();
    }

    /** The value as UTF-8 with keys as they come and strings unchanged: a lone surrogate, which UTF-8 lacks, is an escape. */
    public static byte[] exact(Object value) {
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
    public static Map<String, Object> object(String text) {
        try {
            return MAPPER.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
