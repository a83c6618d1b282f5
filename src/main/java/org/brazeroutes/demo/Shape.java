package org.brazeroutes.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The fields of a series' rows, compiled for each selection and order of fields that is asked for. */
final class Shape {
    private static final int ORDERS = 3;

    private record Key(Set<String> hidden, int order) {
    }

    private final Map<String, Object> fields;
    private final Map<Key, RowTemplate> templates = new ConcurrentHashMap<>();
    private final RowTemplate[] complete = new RowTemplate[ORDERS];

    Shape(Map<String, Object> fields) {
        this.fields = fields;
        for (int order = 0; order < ORDERS; order++) {
            complete[order] = compile(new Key(Set.of(), order));
        }
    }

    /** Braze promises no order of fields, so answers differ in it. */
    RowTemplate template(Set<String> hidden, int order) {
        int index = Math.floorMod(order, ORDERS);
        return hidden.isEmpty() ? complete[index] : templates.computeIfAbsent(new Key(hidden, index), this::compile);
    }

    private RowTemplate compile(Key key) {
        Map<String, Object> shown = new LinkedHashMap<>(fields);
        shown.keySet().removeAll(key.hidden());
        return RowTemplate.of(rotated(shown, key.order()));
    }

    static Map<String, Object> rotated(Map<String, Object> record, int by) {
        List<String> names = new ArrayList<>(record.keySet());
        Map<String, Object> rotated = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(Math.floorMod(i + by, names.size()));
            rotated.put(name, record.get(name));
        }
        return rotated;
    }
}
