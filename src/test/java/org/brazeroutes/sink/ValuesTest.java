package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brazeroutes.stream.ColumnType.ARRAY;
import static org.brazeroutes.stream.ColumnType.BOOLEAN;
import static org.brazeroutes.stream.ColumnType.DATE;
import static org.brazeroutes.stream.ColumnType.DATE_TIME;
import static org.brazeroutes.stream.ColumnType.INTEGER;
import static org.brazeroutes.stream.ColumnType.NUMBER;
import static org.brazeroutes.stream.ColumnType.OBJECT;
import static org.brazeroutes.stream.ColumnType.STRING;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.json.Json;
import org.brazeroutes.stream.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @EnumSource
    void nullIsNullInEveryType(ColumnType type) {
        assertThat(convert(type, null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"5,5", "5.0,5", "5e2,500", "-0.0,0", "9223372036854775807,9223372036854775807", "-9223372036854775808,-9223372036854775808"})
    void wholeNumbersFitAnIntegerHoweverWritten(String text, long value) {
        assertThat(convert(INTEGER, new BigDecimal(text))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5", "9223372036854775808", "12345678901234567890", "1e400"})
    void fractionsAndHugeNumbersDoNotFitAnInteger(String text) {
        assertThat(convert(INTEGER, new BigDecimal(text))).isSameAs(Values.MISFIT);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "1e-7, 1e-7", "100.10, 100.1", "33.333333333333333333, 33.333333333333336", "1e23, 1e23", "5e-324, 5e-324",
            "12345678901234567890, 12345678901234567000", "0.1000000000000000055511151231257827, 0.1", "1e-400, 0"})
    void aNumberIsTheNearestDouble(String text, double value) {
        assertThat(convert(NUMBER, new BigDecimal(text))).isEqualTo(value);
    }

    @Test
    void wholeNumbersFitANumberAndWhatNoDoubleIsNearDoesNot() {
        assertThat(convert(NUMBER, 7)).isEqualTo(7.0);
        assertThat(convert(NUMBER, new BigInteger("12345678901234567890"))).isEqualTo(12345678901234567890.0);
        assertThat(convert(NUMBER, new BigDecimal("1e400"))).isSameAs(Values.MISFIT);
    }

    @ParameterizedTest
    @CsvSource({"1e99999999999, ", "-1E+99999999999, ", "1e-99999999999, 0", "0e99999999999, 0", "0.00E-99999999999, 0"})
    void aNumberWhoseExponentIsBeyondAllNumbersIsNoText(String text, Double nearest) {
        Object value = Json.object("{\"n\":" + text + "}").get("n");
        assertThat(convert(STRING, value)).isSameAs(Values.MISFIT);
        assertThat(convert(NUMBER, value)).isEqualTo(nearest == null ? Values.MISFIT : nearest);
        assertThat(convert(INTEGER, value)).isEqualTo(text.startsWith("0") ? (Object) 0L : Values.MISFIT);
    }

    @Test
    void textIsNoNumberNoBooleanNoObject() {
        for (ColumnType type : List.of(INTEGER, NUMBER, BOOLEAN, OBJECT, ARRAY, DATE, DATE_TIME)) {
            assertThat(convert(type, "12")).as(type.text()).isSameAs(Values.MISFIT);
        }
        assertThat(convert(STRING, 12)).isSameAs(Values.MISFIT);
        assertThat(convert(BOOLEAN, 1)).isSameAs(Values.MISFIT);
        assertThat(convert(OBJECT, List.of())).isSameAs(Values.MISFIT);
        assertThat(convert(ARRAY, Map.of())).isSameAs(Values.MISFIT);
        assertThat(convert(DATE, 20240101)).isSameAs(Values.MISFIT);
    }

    @ParameterizedTest
    @CsvSource({"2022-11-29T14:59:02+00:00,2022-11-29T14:59:02Z", "2022-11-29T14:59:02Z,2022-11-29T14:59:02Z",
            "2022-11-29T14:59:02+05:30,2022-11-29T09:29:02Z", "2016-08-25 15:24:32 +0000,2016-08-25T15:24:32Z",
            "2025-02-01T10:00:00.123456+00:00,2025-02-01T10:00:00.123456Z", "2026-03-05T18:00:00,2026-03-05T18:00:00Z"})
    void everyNotationOfATimeIsTheSamePoint(String text, OffsetDateTime time) {
        assertThat(convert(DATE_TIME, text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2022-13-01T00:00:00Z", "2025-02-01T10:00:00.123456789Z", "2022-02-30T00:00:00Z", "0"})
    void whatIsNoStorableTimeDoesNotFit(String text) {
        assertThat(convert(DATE_TIME, text)).isSameAs(Values.MISFIT);
    }

    @Test
    void emptyTextWhereADayOrTimeIsDeclaredIsNone() {
        assertThat(convert(DATE_TIME, "")).isNull();
        assertThat(convert(DATE, "")).isNull();
        assertThat(convert(DATE, "2024-02-29")).isEqualTo(LocalDate.parse("2024-02-29"));
        assertThat(convert(DATE, "2023-02-29")).isSameAs(Values.MISFIT);
    }

    @Test
    void nulAndLoneSurrogatesBecomeReplacementCharactersAlsoInsideJson() {
        assertThat(convert(STRING, "a\0b\uD800c\uDC00d \uD83D\uDE00")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd \uD83D\uDE00");
        assertThat(json(convert(OBJECT, Map.of("k\0", List.of("v\uDC00"))))).isEqualTo("{\"k\uFFFD\":[\"v\uFFFD\"]}");
    }

    @Test
    void equalObjectsAreEqualTextWhateverTheOrderOfTheirKeys() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("b", Arrays.asList(1, null, new BigDecimal("2.50")));
        one.put("a", Map.of("y", true));
        assertThat(json(convert(OBJECT, one))).isEqualTo("{\"a\":{\"y\":true},\"b\":[1,null,2.50]}");
    }

    private static String json(Object value) {
        return new String((byte[]) value, StandardCharsets.UTF_8);
    }

    private static Object convert(ColumnType type, Object value) {
        return Values.convert(type, value, Json::canonical);
    }
}
