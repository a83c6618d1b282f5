package org.brazeroutes.demo;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Changes to single fields of single days, on top of what the rows' arithmetic says. */
final class Corrections {

    private record Key(String stream, String id) {
    }

    /** @param change from the old value (missing node if absent) to the new one; null removes the field */
    private record Change(JsonPointer field, UnaryOperator<JsonNode> change) {
    }

    private final Map<Key, Map<Long, List<Change>>> changes = new ConcurrentHashMap<>();

    /** @param field a name or, with a leading slash, a JSON pointer */
    void change(String stream, String id, long day, String field, UnaryOperator<JsonNode> change) {
        JsonPointer pointer = field.startsWith("/") ? JsonPointer.compile(field) : JsonPointer.empty().appendProperty(field);
        changes.computeIfAbsent(new Key(stream, id), key -> new ConcurrentHashMap<>())
                .computeIfAbsent(day, key -> new CopyOnWriteArrayList<>())
                .add(new Change(pointer, change));
    }

    boolean touch(String stream, String id, long day) {
        return !changes.isEmpty() && changes.getOrDefault(new Key(stream, id), Map.of()).containsKey(day);
    }

    void apply(String stream, String id, long day, ObjectNode row) {
        for (Change change : changes.get(new Key(stream, id)).get(day)) {
            if (row.at(change.field().head()) instanceof ObjectNode parent) {
                String name = change.field().last().getMatchingProperty();
                JsonNode value = change.change().apply(parent.path(name));
                if (value == null) {
                    parent.remove(name);
                } else {
                    parent.set(name, value);
                }
            }
        }
    }
}
