package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.brazeroutes.json.FieldNames;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows inside an object, by their place, a counter and what has no column. */
class UnnestedTableTest {

    private static final String CHANNELS = "messages.{channel}[position]";
    private static final String DEEPER = "messages.{step}.inner.{channel}[position]";

    @Test
    void eachEntryOfEachChannelIsARow() {
        assertThat(rows(CHANNELS, "{\"email\":[{\"sent\":1,\"x\":2},{\"sent\":3}],\"sms\":[],\"push\":[{\"clicks\":4}]}"))
                .containsExactly("email 0 sent=1 {\"x\":2}", "email 1 sent=3 null", "push 0 sent=null null");
    }

    @Test
    void fieldsThatAreCalledAsColumnsOfTheKeyOrAnotherFieldsColumnAreKept() {
        assertThat(rows(CHANNELS, "{\"email\":[{\"sent\":1,\"channel\":\"x\",\"time\":2,\"read\":3,\"read_count\":4}]}"))
                .containsExactly("email 0 sent=1 {\"channel\":\"x\",\"read_count\":4,\"time\":2}");
    }

    @Test
    void whatIsNotOfTheExpectedShapeIsNoRowOrKeptBesideTheColumns() {
        assertThat(rows(CHANNELS, "{\"email\":{\"sent\":1},\"sms\":7,\"push\":null,\"web\":[null,5,[6],{\"sent\":8}]}"))
                .containsExactly("web 0 sent=null null", "web 1 sent=null {\"value\":5}", "web 2 sent=null {\"value\":[6]}", "web 3 sent=8 null");
        assertThat(rows(CHANNELS, "[{\"email\":[]}]")).isEmpty();
    }

    @Test
    void membersOnTheWayAreGoneThroughAndOthersPassedOver() {
        assertThat(rows(DEEPER, "{\"s1\":{\"name\":\"n\",\"inner\":{\"email\":[{\"sent\":1}]}},\"s2\":{\"other\":{\"email\":[{\"sent\":2}]}},"
                + "\"s3\":{\"inner\":{\"sms\":[{\"sent\":3}]},\"last\":[{}]}}")).containsExactly("s1 email 0 sent=1 null", "s3 sms 0 sent=3 null");
    }

    @Test
    void ofTwoMembersWithOneNameTheLaterCounts() {
        assertThat(rows(CHANNELS, "{\"email\":[{\"sent\":1},{\"sent\":2}],\"sms\":[{\"sent\":3}],\"email\":[{\"sent\":4}]}"))
                .containsExactlyInAnyOrder("email 0 sent=4 null", "sms 0 sent=3 null");
        assertThat(rows(DEEPER, "{\"s\":{\"inner\":{\"email\":[{\"sent\":1}]},\"inner\":{\"sms\":[{\"sent\":2}]}},"
                + "\"t\":{\"inner\":{\"email\":[{\"sent\":3}]}}}")).containsExactlyInAnyOrder("s sms 0 sent=2 null", "t email 0 sent=3 null");
    }

    @Test
    void namesThatBecomeTheSameWhereDatabasesRefuseThemAreOne() {
        assertThat(rows(CHANNELS, "{\"a\\u0000\":[{\"sent\":1}],\"a\\ud800\":[{\"sent\":2}]}")).containsExactly("a\uFFFD 0 sent=2 null");
    }

    private static List<String> rows(String path, String json) {
        Stream stream = Declaration.parse("series", Map.of("path", "/x", "permission", "x", "maxDays", "9", "cursor", "time", "primaryKey", "time",
                "columns", "time date, messages object", "unnest", "inner_rows = " + path));
        Table parent = Table.of("series", stream.columns(), stream.primaryKey(), false);
        UnnestedTable unnested = new UnnestedTable(place -> 512, parent, stream.unnest().get(0), stream.unnest());
        List<String> names = unnested.table().columnNames();
        List<String> found = new ArrayList<>();
        for (Object[] row : unnested.rows(List.of("day"), json.getBytes(StandardCharsets.UTF_8), new FieldNames(), RowMapper.time(Instant.EPOCH), 1)) {
            byte[] extra = (byte[]) row[names.indexOf(Table.EXTRA)];
            found.add(String.join(" ", Arrays.stream(row, 1, unnested.table().key().size()).map(String::valueOf).toList())
                    + " sent=" + row[names.indexOf("sent")] + " " + (extra == null ? null : new String(extra, StandardCharsets.UTF_8)));
        }
        return found;
    }
}
