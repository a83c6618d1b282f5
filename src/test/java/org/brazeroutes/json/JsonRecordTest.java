package org.brazeroutes.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordTest {

    @Test
    void isTheMapThatItsTextSays() throws IOException {
        JsonRecord record = read("{\"b\":1,\"a\":{\"y\":[1.50,null],\"x\":\"ü\"},\"c\":2.50,\"d\":[true],\"e\":null}");
        Map<String, Object> same = new LinkedHashMap<>();
        same.put("b", 1);
        same.put("a", Map.of("y", Arrays.asList(new BigDecimal("1.50"), null), "x", "ü"));
        same.put("c", new BigDecimal("2.50"));
        same.put("d", List.of(true));
        same.put("e", null);
        assertThat(record).isEqualTo(same).containsKey("e").doesNotContainKey("f");
        assertThat(record.keySet()).containsExactly("b", "a", "c", "d", "e");
    }

    @Test
    void isWrittenJustAsItCameAlsoWhenLookedAt() throws IOException {
        String text = "{\"b\":1.0e2, \"a\":{\"y\":[1.50,null] ,\"x\":\"\\u00fc\"},\"c\":10000000000000000000001}";
        JsonRecord record = read(text);
        assertThat(record.get("b")).isEqualTo(new BigDecimal("1.0e2"));
        assertThat(record.get("none")).isNull();
        record.put("campaign_id", "a\"b");
        assertThat(written(record)).isEqualTo(text.substring(0, text.length() - 1) + ",\"campaign_id\":\"a\\\"b\"}");
    }

    @Test
    void isWrittenAsChanged() throws IOException {
        JsonRecord put = read("{\"b\":1,\"a\":{\"y\":2}}");
        put.put("b", 3);
        assertThat(written(put)).isEqualTo("{\"b\":3,\"a\":{\"y\":2}}");
        JsonRecord removed = read("{\"b\":1,\"a\":{\"y\":2}}");
        assertThat(removed.remove("b")).isEqualTo(1);
        assertThat(removed.remove("b")).isNull();
        assertThat(written(removed)).isEqualTo("{\"a\":{\"y\":2}}");
        JsonRecord inside = read("{\"b\":1,\"a\":{\"y\":2}}");
        map(inside.get("a")).put("y", 4);
        assertThat(written(inside)).isEqualTo("{\"b\":1,\"a\":{\"y\":4}}");
        JsonRecord entry = read("{\"b\":1,\"a\":{\"y\":2}}");
        entry.entrySet().iterator().next().setValue(5);
        entry.put("n", 6);
        assertThat(written(entry)).isEqualTo("{\"b\":5,\"a\":{\"y\":2},\"n\":6}");
    }

    @Test
    void aNumberWhoseExponentIsBeyondAllNumbersIsWrittenAsItCameAlsoInAChangedRecord() throws IOException {
        JsonRecord record = read("{\"b\":1,\"n\":1e99999999999,\"a\":{\"y\":-2.50E-99999999999}}");
        record.put("b", 3);
        assertThat(written(record)).isEqualTo("{\"b\":3,\"n\":1e99999999999,\"a\":{\"y\":-2.50E-99999999999}}");
    }

    @Test
    void ofTwoFieldsWithOneNameTheLaterCounts() throws IOException {
        JsonRecord record = read("{\"b\":1,\"a\":2,\"b\":3}");
        assertThat(record).isEqualTo(Map.of("b", 3, "a", 2));
        assertThat(written(record)).isEqualTo("{\"b\":3,\"a\":2}");
    }

    @Test
    void recordOverSeveralLinesIsWrittenInOneWithItsNumbersAsTheyCame() throws IOException {
        assertThat(written(read("{\n  \"b\": 1e20,\r\n \"a\": [\n-0.0]}"))).isEqualTo("{   \"b\": 1e20,   \"a\": [ -0.0]}");
    }

    @Test
    void loneSurrogateInBytesIsWrittenAsAnEscape() throws IOException {
        byte[] body = "{\"b\":\"x??z\",\"a\":1}".getBytes(StandardCharsets.UTF_8);
        int at = new String(body, StandardCharsets.UTF_8).indexOf("??");
        byte[] lone = new byte[body.length + 1];
        System.arraycopy(body, 0, lone, 0, at);
        System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, lone, at, 3);
        System.arraycopy(body, at + 2, lone, at + 3, body.length - at - 2);
        assertThat(written(read(lone))).isEqualTo("{\"b\":\"x\\ud800z\",\"a\":1}");
        String korean = "{\"b\":\"퟿한\"}";
        assertThat(written(read(korean))).isEqualTo(korean);
    }

    @Test
    void recordsOfOneBodyKeepTheirOwnFieldsWhateverTheirOrder() throws IOException {
        String many = IntStream.range(0, 40).mapToObj(i -> ",\"f" + i + "\":" + i).collect(Collectors.joining());
        List<String> texts = List.of("{\"a\":1,\"b\":2}", "{\"a\":3,\"b\":4}", "{\"b\":5,\"a\":6}", "{\"a\":7}", "{\"a\":8" + many + "}",
                "{\"a\":9" + many + ",\"b\":10}", "{}", "{\"id\":11,\"a\":12}", "{\"a\":13,\"a\":14,\"b\":15}", "{\"a\":16,\"b\":17,\"id\":18}");
        byte[] body = ("[" + String.join(",", texts) + "]").getBytes(StandardCharsets.UTF_8);
        List<JsonRecord> records = new ArrayList<>();
        String added = "id";
        try (JsonParser parser = Json.parser(body)) {
            RecordReader reader = new RecordReader(parser, body, added);
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                records.add(reader.read());
            }
        }
        for (int i = 0; i < records.size(); i++) {
            Map<String, Object> expected = map(new ObjectMapper().readValue(texts.get(i), Map.class));
            assertThat(records.get(i)).isEqualTo(expected);
            records.get(i).put(i % 2 == 0 ? added : "other", "x" + i);
            records.get(i).put("further " + i, i);
            expected.put(i % 2 == 0 ? added : "other", "x" + i);
            expected.put("further " + i, i);
            assertThat(Json.object(written(records.get(i)))).isEqualTo(expected);
        }
        for (int i = 0; i < records.size(); i++) {
            assertThat(records.get(i)).containsEntry(i % 2 == 0 ? added : "other", "x" + i).containsEntry("further " + i, i)
                    .doesNotContainKey("further " + (i + 1));
        }
    }

    @Test
    void emptyRecordTakesFields() throws IOException {
        JsonRecord record = read("{ }");
        record.put("x", "y");
        record.put("z", null);
        assertThat(new ObjectMapper().readValue(written(record), Map.class))
                .isEqualTo(new LinkedHashMap<>(record)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"b\":1,\"a\":2}                   | {\"a\":2,\"b\":1}",
        "{\"a\":{\"d\":[],\"c\":{}},\"b\":null} | {\"a\":{\"c\":{},\"d\":[]},\"b\":null}",
        "[ {\"b\":1,\"a\":2} , true , 0 ]    | [{\"a\":2,\"b\":1},true,0]",
        "{\"b\":1,\"a\":2,\"b\":{\"z\":1,\"y\":-5}} | {\"a\":2,\"b\":{\"y\":-5,\"z\":1}}",
        "{\"n\":1.50,\"m\":-0,\"l\":9223372036854775808,\"k\":0.0} | {\"k\":0.0,\"l\":9223372036854775808,\"m\":0,\"n\":1.50}",
        "{\"\\u00e9\":\"\\u0000\\ud800\\n\\\"\"}  | {\"é\":\"\ufffd\ufffd\\n\\\"\"}",
        "{\"n\":1e20000}                     | {\"n\":\"1E+20000\"}",
        "{\"n\":[-1e99999999999]}            | {\"n\":[\"-1e99999999999\"]}",
        "{\"n\":[0e99999999999,-0.0E-99999999999]} | {\"n\":[0,0]}",
        "{\"\\u0000\":[],\"\ufffd\":0.1}      | {\"\ufffd\":0.1}",
        "{\"\ufffd\":0.1,\"a\":1,\"\\ud800\":2} | {\"a\":1,\"\ufffd\":2}",
    })
    void canonicalTextIsOneForAllWaysOfWriting(String text, String canonical) throws IOException {
        JsonRecord record = read("{\"x\":" + text + "}");
        Object[] part = new Object[1];
        record.forEachField((name, value) -> part[0] = value);
        assertThat(canonical(part[0])).as("as bytes").isEqualTo(canonical);
        assertThat(canonical(record.get("x"))).as("as a map").isEqualTo(canonical);
        assertThat(canonical(record)).as("in its record").isEqualTo("{\"x\":" + canonical + "}");
    }

    @Test
    void canonicalTextOfManyMembersIsInOrder() throws IOException {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            text.append(i == 0 ? "" : ",").append("\"k").append(i * 37 % 100).append("\":").append(i * 37 % 100);
        }
        Map<String, Object> back = map(new ObjectMapper().readValue(Json.canonical(read(text + "}")), Map.class));
        assertThat(List.copyOf(back.keySet())).hasSize(100).isSorted();
        assertThat(back).allSatisfy((name, value) -> assertThat(name).isEqualTo("k" + value));
    }

    private static String canonical(Object value) {
        return new String(Json.canonical(value), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String written(JsonRecord record) {
        JsonBuffer out = new JsonBuffer();
        JsonRecord.write(record, out);
        return new String(out.toBytes(), StandardCharsets.UTF_8) + "}";
    }

    private static JsonRecord read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonRecord read(byte[] body) throws IOException {
        try (JsonParser parser = Json.parser(body)) {
            parser.nextToken();
            return new RecordReader(parser, body, null).read();
        }
    }
}
