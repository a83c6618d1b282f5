package org.brazeroutes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records compared with what Jackson makes of the same text by itself. */
class RecordReaderTest {

    private static final ObjectMapper JACKSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** Names that are alike at their beginning or end, empty, long, escaped, or look like the end of another. */
    private static final List<String> NAMES = List.of("time", "tim", "times", "", "a", "conversions", "conversions1", "conversions1_by_send_time",
            "unique_recipients", "\\u0061", "a\\\"b", "\u00fc", "\ud83d\ude00", "x".repeat(300), "messages", "ios_push", "\\ttab");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void recordsAreWhatTheirTextSaysWhateverCameBefore(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            // mostly as the one before, so that names are expected and then come otherwise
            texts.add(i > 0 && random.nextInt(3) > 0 ? texts.get(i - 1) : object(random, 3));
        }
        List<JsonRecord> records = read("[" + String.join(random.nextBoolean() ? "," : " ,\t", texts) + "]");
        assertThat(records).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(List.copyOf(records.get(i).entrySet())).as(texts.get(i)).isEqualTo(List.copyOf(expected(texts.get(i)).entrySet()));
        }
    }

    @Test
    void aNameWithHalfACharacterIsReadEachTimeItComes() throws IOException {
        String text = "{\"a\\ud800\":1,\"messages\":{\"\\udc00b\":2,\"c\":3}}";
        assertThat(read("[" + text + "," + text + "]")).isEqualTo(List.of(expected(text), expected(text)));
    }

    @Test
    void moreNamesThanAreKeptAreReadAsTheyCome() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            texts.add("{\"id " + i + "\":" + i + ",\"time\":{\"id " + (i % 7) + "\":[" + i + "]}}");
        }
        List<JsonRecord> records = read("[" + String.join(",", texts) + "]");
        for (int i = 0; i < texts.size(); i++) {
            assertThat(records.get(i)).isEqualTo(expected(texts.get(i)));
        }
    }

    @Test
    void aTextThatBreaksOffAnywhereIsRefused() throws IOException {
        String whole = "[{\"time\":\"2024-01-01\",\"m\":{\"x\":[{\"y\":1.5}]}},{\"time\":\"2024-01-02\",\"m\":{\"x\":[{\"y\":-2},{\"y\":true}]}}]";
        assertThat(read(whole)).hasSize(2);
        for (int end = 1; end < whole.length(); end++) {
            String part = whole.substring(0, end);
            assertThatThrownBy(() -> read(part)).as(part).isInstanceOf(JsonProcessingException.class);
        }
    }

    private static String object(Random random, int depth) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        return names.subList(0, random.nextInt(names.size())).stream().map(name -> space(random) + '"' + name + '"' + space(random) + ":" + value(random, depth))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Random random, int depth) {
        return space(random) + switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "\"a\\\"}]{\\u00e9\"";
            case 3 -> "12.50e3";
            case 4 -> "123456789012345678901234567890";
            case 5 -> String.valueOf(random.nextLong());
            case 6 -> String.valueOf(random.nextInt(100));
            case 7 -> object(random, depth - 1);
            default -> random.ints(random.nextInt(4)).mapToObj(i -> value(random, depth - 1)).collect(Collectors.joining(",", "[", "]"));
        };
    }

    private static String space(Random random) {
        return random.nextInt(8) == 0 ? " " : "";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> expected(String text) throws IOException {
        return JACKSON.readValue(text, Map.class);
    }

    private static List<JsonRecord> read(String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        List<JsonRecord> records = new ArrayList<>();
        try (JsonParser parser = Json.parser(body); RecordReader reader = new RecordReader(parser, body, null)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                records.add(reader.read());
            }
        }
        return records;
    }
}
