package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.junit.jupiter.api.Test;

class RowMapperTest {

    private static final Instant NOW = Instant.parse("2026-09-10T09:30:00.123456789Z");
    private final Table table = Table.of("things", List.of(new Column("id", ColumnType.STRING), new Column("time", ColumnType.DATE),
            new Column("count", ColumnType.INTEGER)), List.of("id", "time"), false);
    private final List<String> refused = new ArrayList<>();

    @Test
    void declaredFieldsGoToTheirColumnsAndOthersToExtra() {
        Row row = row(Map.of("id", "a", "time", "2026-09-01", "count", 3, "new_field", Map.of("x", 1)));
        assertThat(row.values()[0]).isEqualTo("a");
        assertThat(row.values()[1]).isEqualTo(LocalDate.parse("2026-09-01"));
        assertThat(row.values()[2]).isEqualTo(3L);
        assertThat(value(row, "_extra")).isEqualTo("{\"new_field\":{\"x\":1}}");
        assertThat(row.misfits()).isZero();
        assertThat(value(row, "_sync_id")).isEqualTo(42L);
        assertThat(value(row, "_synced_at")).hasToString("2026-09-10T09:30:00.123456Z");
    }

    @Test
    void valueOfTheWrongTypeIsNullInItsColumnKeptInExtraAndCounted() {
        Row row = row(Map.of("id", "a", "time", "2026-09-01", "count", "many"));
        assertThat(row.values()[2]).isNull();
        assertThat(value(row, "_extra")).isEqualTo("{\"count\":\"many\"}");
        assertThat(row.misfits()).isEqualTo(1);
    }

    @Test
    void fieldsWithNamesOfOurOwnColumnsDoNotOverwriteThem() {
        Row row = row(Map.of("id", "a", "time", "2026-09-01", "_sync_id", 7, "_synced_at", "never", "_extra", "mine"));
        assertThat(value(row, "_sync_id")).isEqualTo(42L);
        assertThat(value(row, "_extra")).isEqualTo("{\"_extra\":\"mine\",\"_sync_id\":7,\"_synced_at\":\"never\"}");
    }

    @Test
    void ofTwoRecordsWithOneKeyTheLaterStays() {
        var rows = new RowMapper(table).rows(List.of(record("a", 1), record("b", 2), record("a", 3)), NOW, 42, refused);
        assertThat(rows.values()).extracting(row -> row.values()[2]).containsExactlyInAnyOrder(3L, 2L);
        assertThat(refused).isEmpty();
    }

    @Test
    void recordsWhoseKeyIsTooLongAreRefusedAndTheOthersStay() {
        var rows = new RowMapper(table).rows(List.of(record("x".repeat(513), 1), record("x".repeat(512), 9)), NOW, 42, refused);
        assertThat(rows.values()).extracting(row -> row.values()[2]).containsExactly(9L);
        assertThat(refused).containsExactly("the id of 513 characters cannot be a key (512 at most)");
    }

    @Test
    void aRecordThatHasLostItsKeyIsNotLeftOut() {
        Map<String, Object> without = new HashMap<>(record("a", 1));
        without.remove("id");
        Map<String, Object> wrong = new HashMap<>(record("a", 1));
        wrong.put("time", "soon");
        for (Map<String, Object> spoilt : List.of(without, wrong)) {
            assertThatThrownBy(() -> new RowMapper(table).rows(List.of(record("b", 2), spoilt), NOW, 42, refused)).isInstanceOf(RecordException.class);
        }
    }

    private static Map<String, Object> record(String id, int count) {
        return Map.of("id", id, "time", "2026-09-01", "count", count);
    }

    private Row row(Map<String, Object> record) {
        return new RowMapper(table).row(record, RowMapper.time(NOW), 42);
    }

    private Object value(Row row, String column) {
        Object value = row.values()[table.columnNames().indexOf(column)];
        return value instanceof byte[] json ? new String(json, StandardCharsets.UTF_8) : value;
    }
}
