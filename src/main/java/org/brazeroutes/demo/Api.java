package org.brazeroutes.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers lists and details, and hands series on. */
final class Api {
    private static final int PAGE = 100;
    private static final int EVENTS_PAGE = 250;

    private final World world;
    private final SimulatorOptions options;
    private final SeriesApi series;

    Api(World world, SimulatorOptions options) {
        this.world = world;
        this.options = options;
        this.series = new SeriesApi(world, options);
    }

    Reply answer(Endpoint endpoint, Request request) {
        try {
            if (endpoint == Endpoint.EVENTS_LIST) {
                return list("events", page(request, world.eventNames(), EVENTS_PAGE));
            }
            if (endpoint.isList()) {
                return list(endpoint, request);
            }
            return endpoint.isDetails() ? details(endpoint.kind(), request) : series.answer(endpoint, request);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Reply list(Endpoint endpoint, Request request) {
        Kind kind = endpoint.kind();
        boolean archived = kind != Kind.SEGMENT && request.flag("include_archived");
        List<Item> items = world.items(kind).stream().filter(item -> archived || !item.archived()).toList();
        int order = request.query().hashCode();
        return list(kind.stream(), page(request, items, PAGE).stream()
                .map(item -> Shape.rotated(item.listed(), order + item.id().hashCode())).toList());
    }

    private static <T> List<T> page(Request request, List<T> all, int size) {
        int page = request.has("page") ? request.integer("page", 0, Integer.MAX_VALUE) : 0;
        int from = (int) Math.min((long) page * size, all.size());
        return all.subList(from, Math.min(from + size, all.size()));
    }

    private static Reply list(String member, List<?> records) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", "success");
        body.put(member, records);
        return Reply.json(200, Json.bytes(body));
    }

    private Reply details(Kind kind, Request request) {
        request.flag("post_launch_draft_version");
        Item item = item(world, options, kind, request.required(kind.key()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", "success");
        body.putAll(item.details());
        return Reply.json(200, Json.bytes(Shape.rotated(body, item.id().hashCode() + (int) world.now().today())));
    }

    static Item item(World world, SimulatorOptions options, Kind kind, String id) {
        Item item = world.item(kind, id);
        if (item == null) {
            throw new Refusal(options.unknownIdStatus, "Invalid " + kind.word() + " ID");
        }
        return item;
    }
}
