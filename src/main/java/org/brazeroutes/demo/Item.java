package org.brazeroutes.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One object of the workspace.
 *
 * @param id      its UUID; an event's name
 * @param listed  its record in the list
 * @param details its details without the status word
 */
record Item(Kind kind, String id, boolean archived, Map<String, Object> listed, Map<String, Object> details, Series series) {

    Item archived(boolean yes) {
        return withDetails(map -> {
            map.computeIfPresent("archived", (name, old) -> yes);
            return map;
        }, yes);
    }

    Item withListed(String field, Object value) {
        return new Item(kind, id, archived, put(listed, field, value), details, series);
    }

    Item withoutListed(String field) {
        Map<String, Object> rest = new LinkedHashMap<>(listed);
        rest.remove(field);
        return new Item(kind, id, archived, rest, details, series);
    }

    Item withDetail(String field, Object value) {
        return new Item(kind, id, archived, listed, put(details, field, value), series);
    }

    Item withoutDetail(String field) {
        return withDetails(map -> {
            map.remove(field);
            return map;
        }, archived);
    }

    Item with(Series other) {
        return new Item(kind, id, archived, listed, details, other);
    }

    boolean tracked() {
        return Boolean.TRUE.equals(listed.get("analytics_tracking_enabled"));
    }

    private Item withDetails(UnaryOperator<Map<String, Object>> change, boolean archive) {
        return new Item(kind, id, archive, listed, change.apply(new LinkedHashMap<>(details)), series);
    }

    private static Map<String, Object> put(Map<String, Object> record, String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(record);
        changed.put(field, value);
        return changed;
    }
}
