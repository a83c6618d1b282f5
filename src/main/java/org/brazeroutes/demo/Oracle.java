package org.brazeroutes.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a world's records without the API. */
final class Oracle {
    private final World world;
    private final Now now;
    private final JsonBytes buffer = new JsonBytes();
    private final List<Map<String, Object>> records = new ArrayList<>();

    Oracle(World world) {
        this.world = world;
        this.now = world.now();
    }

    List<Map<String, Object>> records(String stream, long from, long to) {
        if (stream.equals(Kind.EVENT.stream())) {
            world.eventNames().forEach(name -> records.add(Map.of("event_name", name)));
            return records;
        }
        for (Kind kind : Kind.values()) {
            if (stream.equals(kind.stream())) {
                listed(kind).forEach(item -> records.add(copy(item.listed())));
                return records;
            }
            if (stream.equals(kind.details()) && Endpoint.details(kind) != null) {
                listed(kind).forEach(item -> add(kind.key(), item.id(), copy(item.details())));
                return records;
            }
            if (stream.equals(kind.analytics())) {
                listed(kind).stream().filter(item -> kind != Kind.SEGMENT || item.tracked())
                        .forEach(item -> rows(stream, kind.key(), item.id(), item.series(), from, to));
                return records;
            }
        }
        if (world.kpi(stream, "") == null) {
            throw new IllegalArgumentException("no stream " + stream);
        }
        rows(stream, "app_id", "", world.kpi(stream, ""), from, to);
        world.appIds().forEach(app -> rows(stream, "app_id", app, world.kpi(stream, app), from, to));
        return records;
    }

    private List<Item> listed(Kind kind) {
        return world.items(kind).stream().filter(item -> kind != Kind.SEGMENT || !item.archived()).toList();
    }

    private void rows(String stream, String key, String id, Series series, long from, long to) {
        for (long day = from; day <= to; day++) {
            buffer.clear();
            world.writeRow(buffer, stream, id, series, day, now, Set.of(), 0);
            add(key, id, Json.map(buffer.array(), buffer.length()));
        }
    }

    private void add(String key, String id, Map<String, Object> fields) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(key, id);
        record.putAll(fields);
        records.add(record);
    }

    /** Through JSON, so that the values are those a client reads. */
    private static Map<String, Object> copy(Map<String, Object> record) {
        byte[] json = Json.bytes(record);
        return Json.map(json, json.length);
    }
}
