package org.brazeroutes.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Pieces of SQL text. */
public final class Sql {

    private Sql() {
    }

    /** All items, each written so, with that between them. */
    public static String join(String between, List<String> items, UnaryOperator<String> written) {
        return items.stream().map(written).collect(Collectors.joining(between));
    }

    /** Both lists in one. */
    public static <T> List<T> both(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
