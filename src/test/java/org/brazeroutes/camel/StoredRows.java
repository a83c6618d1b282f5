package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.brazeroutes.demo.World;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;

/** Compares the rows in a table with the records that the world holds, value by value. */
final class StoredRows {

    private static final ObjectReader JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build().readerFor(Object.class);

    private final SyncFixture fixture;
    private final World world;
    private final Map<String, Stream> streams;

    StoredRows(SyncFixture fixture, World world) {
        this.fixture = fixture;
        this.world = world;
        this.streams = Engine.catalogue(fixture.options()).streams();
    }

    /** The tables hold what the world holds from the start date to today. */
    void assertComplete(String... names) throws Exception {
        for (String name : names) {
            assertComplete(name, record -> true);
        }
    }

    /** The table holds those records of the world, and no others. */
    void assertComplete(String stream, Predicate<Map<String, Object>> which) throws Exception {
        assertThat(stored(stream)).as(stream).isNotEmpty().containsExactlyInAnyOrderElementsOf(held(stream, which));
    }

    List<Map<String, Object>> held(String stream, Predicate<Map<String, Object>> which) {
        return world.records(stream, fixture.startDate.orElseThrow(), world.today()).stream()
                .filter(record -> "".equals(record.getOrDefault("app_id", "")))
                .filter(which).map(record -> comparable(streams.get(stream), record)).toList();
    }

    List<Map<String, Object>> stored(String stream) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : fixture.query("select * from " + fixture.prefix + stream)) {
            Map<String, Object> comparable = new TreeMap<>();
            for (Column column : streams.get(stream).columns()) {
                comparable.put(column.name(), value(column.type(), row.get(column.name())));
            }
            comparable.put("_extra", json(row.get("_extra")));
            rows.add(comparable);
        }
        return rows;
    }

    private static Map<String, Object> comparable(Stream stream, Map<String, Object> record) {
        Map<String, Object> comparable = new TreeMap<>();
        Map<String, Object> extra = new TreeMap<>();
        stream.columns().forEach(column -> comparable.put(column.name(), null));
        record.forEach((name, value) -> stream.column(name).ifPresentOrElse(
                column -> comparable.put(name, value(column.type(), value)), () -> extra.put(name, plain(value))));
        comparable.put("_extra", extra.isEmpty() ? null : extra);
        return comparable;
    }

    private static Object value(ColumnType type, Object value) {
        if (value == null || value.equals("") && type == ColumnType.DATE_TIME) {
            return null;
        }
        return switch (type) {
            case DATE -> LocalDate.parse(value.toString());
            case DATE_TIME -> value instanceof OffsetDateTime time ? time.toInstant()
                    : OffsetDateTime.parse(((String) value).replaceFirst("^(\\S+) (\\S+) \\+0000$", "$1T$2Z")).toInstant();
            case OBJECT, ARRAY -> value instanceof String ? json(value) : plain(value);
            default -> plain(value);
        };
    }

    private static Object json(Object text) {
        try {
            return text == null ? null : plain(JSON.readValue((String) text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Equal numbers are equal, however they are written. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new TreeMap<>();
            map.forEach((key, inner) -> plain.put(key, plain(inner)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(inner -> plain.add(plain(inner)));
            return plain;
        }
        return value instanceof Number ? new BigDecimal(value.toString()).stripTrailingZeros() : value;
    }
}
