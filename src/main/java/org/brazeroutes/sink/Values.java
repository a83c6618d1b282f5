package org.brazeroutes.sink;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.brazeroutes.json.JsonPart;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.IsoDate;
import org.brazeroutes.stream.Text;

/** Turns JSON values into values of a column's type. */
final class Values {

    /** Stands for a value that does not fit its declared type. */
    static final Object MISFIT = new Object();

    /** Braze writes times as 2022-11-29T14:59:02+00:00, with Z or fractions, and 2016-08-25 15:24:32 +0000. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][ ]").append(DateTimeFormatter.ISO_LOCAL_TIME).appendPattern("[ ][XXX][XX][X]").toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private Values() {
    }

    /**
     * The value as the column's type, null for null, or {@link #MISFIT}.
     *
     * @param json what becomes of an object or array
     */
    static Object convert(ColumnType type, Object value, UnaryOperator<Object> json) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case STRING -> value instanceof String text ? Text.clean(text) : MISFIT;
            case INTEGER -> integer(value);
            case NUMBER -> number(value);
            case BOOLEAN -> value instanceof Boolean ? value : MISFIT;
            case DATE -> value instanceof String text ? date(text) : MISFIT;
            case DATE_TIME -> value instanceof String text ? time(text) : MISFIT;
            case OBJECT -> value instanceof Map || value instanceof JsonPart part && part.isObject() ? json.apply(value) : MISFIT;
            case ARRAY -> value instanceof List || value instanceof JsonPart part && !part.isObject() ? json.apply(value) : MISFIT;
        };
    }

    private static Object integer(Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            try {
                return new BigDecimal(value.toString()).longValueExact();
            } catch (ArithmeticException e) {
                return MISFIT;
            }
        }
        return MISFIT;
    }

    /** The nearest double, as every reader of JSON makes of more digits than a double has; none is near a number that is too large. */
    private static Object number(Object value) {
        double nearest = value instanceof Number number ? number.doubleValue() : Double.NaN;
        return Double.isFinite(nearest) ? (Object) nearest : MISFIT;
    }

    private static Object date(String text) {
        try {
            if (text.isEmpty()) {
                return null;
            }
            LocalDate date = IsoDate.parse(text);
            return storable(date) ? date : MISFIT;
        } catch (DateTimeParseException e) {
            return MISFIT;
        }
    }

    private static Object time(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime time = parsed instanceof OffsetDateTime with ? with : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
            OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
            return storable(utc) ? utc : MISFIT;
        } catch (DateTimeParseException e) {
            return MISFIT;
        }
    }

    /** Databases keep microseconds; a finer time would come back changed. */
    private static boolean storable(OffsetDateTime time) {
        return time.getNano() % 1000 == 0 && storable(time.toLocalDate());
    }

    /** The years that every database knows. */
    private static boolean storable(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }
}
