package org.brazeroutes.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers daily series by writing rows straight into bytes. */
final class SeriesApi {
    private static final int LONGEST = 100;
    private static final int LONGEST_CANVAS = 14;

    private static final ThreadLocal<JsonBytes> BUFFER = ThreadLocal.withInitial(JsonBytes::new);

    private final World world;
    private final SimulatorOptions options;

    SeriesApi(World world, SimulatorOptions options) {
        this.world = world;
        this.options = options;
    }

    Reply answer(Endpoint endpoint, Request request) {
        String id = endpoint.kind() == null ? request.text("app_id")
                : request.required(endpoint.kind() == Kind.EVENT ? "event" : endpoint.kind().key());
        Instant endingAt = request.has("ending_at") ? request.instant("ending_at") : world.clock().instant();
        if (!List.of("", "day").contains(request.text("unit"))) {
            throw new Refusal(400, "'unit' must be day");
        }
        LocalDate last = options.endingAt.lastDay(endingAt, world.zone());
        int length = request.integer("length", 1, endpoint.kind() == Kind.CANVAS ? LONGEST_CANVAS : LONGEST);
        Item item = endpoint.kind() == null ? null : Api.item(world, options, endpoint.kind(), id);
        Series series = item == null ? kpi(endpoint, id) : series(item);
        JsonBytes out = BUFFER.get();
        out.clear();
        if (endpoint.kind() == Kind.CANVAS) {
            out.ascii("{\"data\":{\"name\":").put(Json.bytes(item.details().get("name"))).ascii(",\"stats\":[");
            days(out, endpoint, id, series, last.toEpochDay(), length, hiddenStats(request));
            out.ascii("]},\"message\":\"success\"}");
        } else {
            out.ascii("{\"message\":\"success\",\"data\":[");
            days(out, endpoint, id, series, last.toEpochDay(), length, Set.of());
            out.ascii("]}");
        }
        return Reply.json(200, out.array(), out.length());
    }

    private Series kpi(Endpoint endpoint, String app) {
        Series kpi = world.kpi(endpoint.stream(), app);
        if (kpi == null) {
            throw new Refusal(400, "Invalid app_id");
        }
        return kpi;
    }

    private Series series(Item item) {
        if (item.kind() == Kind.SEGMENT && !item.tracked() && options.untrackedSegmentStatus != 200) {
            throw new Refusal(options.untrackedSegmentStatus, "Segment does not have analytics tracking enabled");
        }
        return item.series();
    }

    private static Set<String> hiddenStats(Request request) {
        request.flag("include_deleted_step_data");
        Set<String> hidden = new HashSet<>();
        if (!request.flag("include_variant_breakdown")) {
            hidden.add("variant_stats");
        }
        if (!request.flag("include_step_breakdown")) {
            hidden.add("step_stats");
        }
        return hidden;
    }

    private void days(JsonBytes out, Endpoint endpoint, String id, Series series, long last, int length, Set<String> hidden) {
        Fill fill = options.fills.getOrDefault(endpoint.stream(), Fill.ZEROS);
        Now now = world.now();
        int order = id.hashCode() + (int) last;
        long first = last - length + 1;
        boolean idle = fill == Fill.LAST_DAY_IF_IDLE && idle(series, first, last, now);
        boolean any = false;
        for (long day = first; day <= last; day++) {
            boolean row = switch (fill) {
                case ZEROS -> true;
                case NOTHING -> series.activity().volume(day, now) > 0;
                case LAST_DAY_IF_IDLE -> !idle || day == last;
                case NEVER -> false;
            };
            if (row) {
                if (any) {
                    out.put(',');
                }
                world.writeRow(out, endpoint.stream(), id, series, day, now, hidden, order);
                any = true;
            }
        }
    }

    private static boolean idle(Series series, long first, long last, Now now) {
        for (long day = first; day <= last; day++) {
            if (series.activity().volume(day, now) > 0) {
                return false;
            }
        }
        return true;
    }
}
