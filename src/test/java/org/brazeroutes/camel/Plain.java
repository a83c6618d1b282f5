package org.brazeroutes.camel;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;

/** Records in a form in which typed columns and Braze's JSON can be compared value by value. */
final class Plain {

    private Plain() {
    }

    static List<Map<String, Object>> records(List<Map<String, Object>> records, Stream stream) {
        return records.stream().map(record -> record(record, stream)).toList();
    }

    /** Nulls are left out, numbers have no trailing zeros, those of number columns are the nearest double, date-times are instants, NUL and lone surrogates are U+FFFD. */
    static Map<String, Object> record(Map<String, Object> record, Stream stream) {
        Map<String, Object> plain = new TreeMap<>();
        record.forEach((name, value) -> {
            ColumnType type = stream.column(name).map(Column::type).orElse(null);
            Object written = type == ColumnType.DATE_TIME ? time(value)
                    : type == ColumnType.NUMBER && value instanceof Number ? value(Double.parseDouble(value.toString())) : value(value);
            if (written != null && !name.startsWith("_sync")) {
                plain.put((String) value(name), written);
            }
        });
        return plain;
    }

    private static Object time(Object value) {
        if (value instanceof Instant || value == null || "".equals(value)) {
            return "".equals(value) ? null : value;
        }
        try {
            return OffsetDateTime.parse((String) value, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
        } catch (RuntimeException e) {
            return value(value);
        }
    }

    private static Object value(Object value) {
        if (value instanceof Number) {
            return new BigDecimal(value.toString()).stripTrailingZeros();
        }
        if (value instanceof String text) {
            StringBuilder clean = new StringBuilder();
            text.codePoints().forEach(c -> clean.appendCodePoint(c == 0 || c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
            return clean.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(value(item)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new TreeMap<>();
            map.forEach((name, item) -> plain.put((String) value(name), value(item)));
            return plain;
        }
        return value;
    }
}
