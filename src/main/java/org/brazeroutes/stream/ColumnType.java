package org.brazeroutes.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types a declared column may have: JSON's own, and its strings that hold a date or a time. */
public enum ColumnType {
    STRING, INTEGER, NUMBER, BOOLEAN, DATE, DATE_TIME, OBJECT, ARRAY;

    /** The name in a stream's declaration, {@code date-time} for example. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ColumnType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(ColumnType::text).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text();
    }
}
