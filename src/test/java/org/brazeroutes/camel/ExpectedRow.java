package org.brazeroutes.camel;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;

/** The row that a record must become: every column, and all that has none in {@code _extra}. */
final class ExpectedRow {

    private static final Object MISFIT = new Object();

    private ExpectedRow() {
    }

    static Map<String, Object> of(List<Column> columns, Map<String, Object> record) {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Object> extra = new LinkedHashMap<>(record);
        for (Column column : columns) {
            Object value = record.get(column.name()) == null ? null : value(column.type(), record.get(column.name()));
            row.put(column.name().toLowerCase(Locale.ROOT), value == MISFIT ? null : value);
            if (value != MISFIT) {
                extra.remove(column.name());
            }
        }
        row.put("_extra", extra.isEmpty() ? null : JsonValue.plain(extra));
        return row;
    }

    static List<Object> key(List<String> key, Map<String, Object> row) {
        List<Object> values = new ArrayList<>();
        key.forEach(column -> values.add(row.get(column)));
        return values;
    }

    private static Object value(ColumnType type, Object value) {
        return switch (type) {
            case STRING -> value instanceof String text ? JsonValue.text(text) : MISFIT;
            case INTEGER -> value instanceof Number number ? whole(new BigDecimal(number.toString())) : MISFIT;
            case NUMBER -> value instanceof Number number ? fraction(new BigDecimal(number.toString())) : MISFIT;
            case BOOLEAN -> value instanceof Boolean ? value : MISFIT;
            case DATE -> value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\d") ? LocalDate.parse(text) : MISFIT;
            case DATE_TIME -> value instanceof String text ? time(text) : MISFIT;
            case OBJECT -> value instanceof Map ? JsonValue.plain(value) : MISFIT;
            case ARRAY -> value instanceof List ? JsonValue.plain(value) : MISFIT;
        };
    }

    private static Object whole(BigDecimal number) {
        boolean fits = number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return fits ? (Object) number.longValueExact() : MISFIT;
    }

    private static Object fraction(BigDecimal number) {
        double nearest = Double.parseDouble(number.toString());
        return Double.isFinite(nearest) ? (Object) nearest : MISFIT;
    }

    private static Object time(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.matches("(?!0000)\\d{4}-\\d\\d-\\d\\dT.*") ? OffsetDateTime.parse(text).toInstant() : MISFIT;
    }
}
