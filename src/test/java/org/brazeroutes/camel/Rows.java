package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;

/** A table's rows, and how they differ from the records they stand for. */
final class Rows {

    private static final List<String> PASS_COLUMNS = List.of("_synced_at", "_sync_id");

    private Rows() {
    }

    /** The stream's table holds just these records, value by value; rows that are marked as removed do not count. */
    static void equal(SyncFixture database, String name, List<Map<String, Object>> records) throws SQLException {
        equal(database.streams.get(name), stored(database, name), records);
    }

    /** These rows, as {@link #stored} gives them, are just these records. */
    static void equal(Stream stream, List<Map<String, Object>> rows, List<Map<String, Object>> records) {
        Map<List<Object>, Map<String, Object>> expected = new LinkedHashMap<>();
        for (Map<String, Object> record : records) {
            Map<String, Object> row = ExpectedRow.of(stream.columns(), record);
            assertThat(expected.put(ExpectedRow.key(stream.primaryKey(), row), row)).as("two records of one key in the oracle").isNull();
        }
        assertThat(differences(expected, byKey(rows, stream.primaryKey()))).as(stream.name()).isEmpty();
    }

    /** The rows of each pass. */
    static Map<Object, List<Map<String, Object>>> byPass(List<Map<String, Object>> rows) {
        return rows.stream().collect(Collectors.groupingBy(row -> row.get("_sync_id")));
    }

    /** All rows with values as Java has them: dates, instants, longs, and JSON as maps and lists. */
    static List<Map<String, Object>> stored(SyncFixture database, String name) throws SQLException {
        Set<String> columns = database.columns(name).keySet();
        Set<String> json = new HashSet<>(Set.of("_extra"));
        Optional.ofNullable(database.streams.get(name)).ifPresent(stream -> stream.columns().stream()
                .filter(column -> column.type() == ColumnType.OBJECT || column.type() == ColumnType.ARRAY)
                .forEach(column -> json.add(column.name())));
        List<Map<String, Object>> rows = database.query("select * from " + database.table(name)
                + (columns.contains("_removed_at") ? " where _removed_at is null" : ""));
        rows.forEach(row -> row.replaceAll((column, value) -> json.contains(column) ? JsonValue.parse((String) value) : java(value)));
        return rows;
    }

    static Map<List<Object>, Map<String, Object>> byKey(List<Map<String, Object>> rows, List<String> key) {
        Map<List<Object>, Map<String, Object>> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(ExpectedRow.key(key, row), row));
        assertThat(byKey).as("rows have keys of their own").hasSize(rows.size());
        return byKey;
    }

    /** A line for each of the first differences. */
    static List<String> differences(Map<List<Object>, Map<String, Object>> expected, Map<List<Object>, Map<String, Object>> stored) {
        List<String> lines = new ArrayList<>();
        expected.forEach((key, row) -> {
            if (!stored.containsKey(key)) {
                lines.add("no row " + key);
            } else {
                compare(key, row, stored.get(key), lines);
            }
        });
        stored.keySet().stream().filter(key -> !expected.containsKey(key)).forEach(key -> lines.add("one row more: " + key));
        return lines.size() <= 10 ? lines : List.of(lines.size() + " differences", lines.get(0), lines.get(1), lines.get(lines.size() - 1));
    }

    private static void compare(List<Object> key, Map<String, Object> expected, Map<String, Object> row, List<String> lines) {
        PASS_COLUMNS.stream().filter(column -> row.get(column) == null).forEach(column -> lines.add(key + " has no " + column));
        expected.forEach((column, value) -> {
            if (!row.containsKey(column) || !Objects.equals(value, row.get(column))) {
                lines.add(key + " " + column + " is " + row.get(column) + ", not " + value);
            }
        });
        row.forEach((column, value) -> {
            if (!expected.containsKey(column) && !PASS_COLUMNS.contains(column) && value != null) {
                lines.add(key + " has a column " + column + " with " + value);
            }
        });
    }

    private static Object java(Object value) {
        if (value instanceof Date date) {
            LocalDate day = date.toLocalDate();
            return day;
        }
        return value instanceof OffsetDateTime time ? time.toInstant() : value;
    }
}
