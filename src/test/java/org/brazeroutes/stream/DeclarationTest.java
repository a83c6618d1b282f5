package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table step's parameters declare, and what is said of wrong ones. */
class DeclarationTest {

    private final Map<String, String> series = new HashMap<>(Map.of("path", "/kpi/mau/data_series", "permission", "kpi.mau.data_series",
            "records", "data.stats", "partition", "app_id", "values", "ios, android", "maxDays", "100", "cursor", "time",
            "primaryKey", "app_id, time", "columns", "app_id string, time date,\n mau integer"));

    @Test
    void aDailySeriesIsReadFromItsParameters() {
        series.put("query", "unit=day, filter=a=b");
        Stream stream = Declaration.parse("kpi_daily_mau", series);
        assertThat(stream.kind()).isEqualTo(Stream.Kind.SERIES);
        assertThat(stream.records()).containsExactly("data", "stats");
        assertThat(stream.query()).isEqualTo(Map.of("unit", "day", "filter", "a=b"));
        assertThat(stream.bucket()).isEqualTo("default");
        assertThat(stream.parameter()).isEqualTo("app_id");
        assertThat(stream.values()).containsExactly("ios", "android");
        assertThat(stream.zeroFilled()).isFalse();
        assertThat(stream.columns()).containsExactly(new Column("app_id", ColumnType.STRING), new Column("time", ColumnType.DATE),
                new Column("mau", ColumnType.INTEGER));
        assertThat(stream.primaryKey()).containsExactly("app_id", "time");
        assertThat(stream.keyFields()).containsExactly("time");
    }

    @Test
    void theKindFollowsFromHowTheStreamIsRead() {
        Map<String, String> list = new HashMap<>(Map.of("path", "/a", "permission", "a", "pageSize", "100", "primaryKey", "id",
                "columns", "id string"));
        assertThat(Declaration.parse("a", list).kind()).isEqualTo(Stream.Kind.LIST);
        list.remove("pageSize");
        list.putAll(Map.of("parent", "b", "partition", "id"));
        assertThat(Declaration.parse("a", list).kind()).isEqualTo(Stream.Kind.DETAILS);
        assertThat(Declaration.parse("a", list).records()).isEmpty();
    }

    @Test
    void recordsOfSeveralValuesNeedAColumnThatTellsThemApart() {
        series.remove("partition");
        series.putAll(Map.of("parameter", "app_id", "primaryKey", "time"));
        assertThatThrownBy(() -> Declaration.parse("s", series)).hasMessage("values needs partition, the column that tells their records apart, and no parent");
    }

    @Test
    void aListHasNoPartition() {
        Map<String, String> list = new HashMap<>(Map.of("path", "/a", "permission", "a", "pageSize", "100", "primaryKey", "id",
                "columns", "id string, name string", "partition", "name"));
        assertThatThrownBy(() -> Declaration.parse("a", list)).hasMessage("a list (pageSize) has no maxDays, no parent and no partition");
    }

    @Test
    void everyTypeHasItsName() {
        assertThat(List.of(ColumnType.values())).allSatisfy(type -> {
            series.put("columns", "app_id string, time date, x " + type.text());
            assertThat(Declaration.parse("s", series).column("x")).contains(new Column("x", type));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "paht       | /x                    | unknown parameter 'paht'; there are bucket, columns,",
        "path       | ' '                   | path is missing",
        "columns    | ''                    | columns is missing",
        "columns    | time                  | columns: 'time' is not 'name type'",
        "columns    | app id string         | columns: 'app id string' is not 'name type'",
        "columns    | time day              | columns: 'time day' has no such type; there are string, integer,",
        "columns    | time date, time date  | columns: 'time' stands there twice",
        "columns    | app_id string, time string | a daily series (maxDays) needs a cursor, a column of type date",
        "primaryKey | ''                    | primaryKey is missing",
        "columns    | time date, Time date  | columns: 'Time' stands there twice",
        "columns    | app_id string, time date, _Extra object | columns: '_Extra' is a column that every table gets",
        "primaryKey | app_id                | primaryKey must name time too",
        "primaryKey | time                  | primaryKey must name app_id too",
        "zeroFilled | yep                   | zeroFilled is 'yep', not true or false",
        "primaryKey | id                    | 'id' is not among the columns",
        "partition  | campaign              | 'campaign' is not among the columns",
        "maxDays    | many                  | maxDays is 'many', not a whole number",
        "maxDays    | -1                    | maxDays is '-1', not a whole number",
        "maxDays    | 0                     | say how to read it: pageSize for a list, maxDays for a daily series",
        "cursor     | day                   | a daily series (maxDays) needs a cursor",
        "pageSize   | 100                   | a list (pageSize) has no maxDays, no parent and no partition",
        "parent     | campaigns             | values needs partition, the column that tells their records apart, and no parent",
        "query      | unit                  | query: 'unit' is not 'name=value'",
        "unnest     | a                     | unnest 'a' is not 'table = path'",
        "unnest     | a = messages.{x}      | 'messages' is not among the columns"})
    void aWrongParameterIsNamedInOneLine(String parameter, String value, String message) {
        series.put(parameter, value);
        assertThatThrownBy(() -> Declaration.parse("s", series)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message).message().doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Campaigns", "1st", "a-b", "a b", "a;drop"})
    void aStreamsNameIsPlain(String name) {
        assertThatThrownBy(() -> Declaration.parse(name, series)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower-case letters");
    }
}
