package org.brazeroutes.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** JSON text of values, and back; numbers keep their digits. */
public final class Json {

    /**
     * Answers are read, and those of daily series made rows of, by one thread at a time. In a process that has just started, several threads in code
     * that is still being compiled take longer together than one after the other; and one alone is faster than Braze's limits
     * let answers come.
     */
    public static final Lock TURN = new ReentrantLock();

    /** Digits of a number at most: to read one costs the square of them. */
    private static final int DIGITS = 10_000;

    /** How long a text may be is bound by what is taken of an answer. */
    static final JsonFactory FACTORY = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxNumberLength(DIGITS).maxStringLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).build()).build();

    /** Java's patterns see a pair as one character, so this class finds lone ones only. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

    /** For objects that a route may have put into a record. Most syncs have none, and its classes take a while to load. */
    private static final class Beans {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }

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

    /** The value as UTF-8, as {@link #text} has it. */
    public static byte[] exact(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The value as text with keys as they come and strings unchanged: a lone surrogate, which UTF-8 lacks, is an escape. */
    public static String text(Object value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = out.toString();
        return LONE_SURROGATE.matcher(text).find() ? escaped(text) : text;
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                write(item, out);
            }
            out.writeEndArray();
        } else if (simple(value)) {
            out.writeObject(value);
        } else {
            Beans.MAPPER.writeValue(out, value);
        }
    }

    private static boolean simple(Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof Integer || value instanceof Long
                || value instanceof BigDecimal || value instanceof BigInteger || value instanceof Double;
    }

    private static String escaped(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll(lone -> String.format("\\\\u%04x", (int) lone.group().charAt(0)));
    }

    /** The members of a JSON object. */
    public static Map<String, Object> object(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (RecordReader reader = new RecordReader(parser(body), body, null)) {
            reader.parser().nextToken();
            return reader.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
