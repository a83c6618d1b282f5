package org.brazeroutes.braze;

import java.util.LinkedHashMap;
import java.util.Map;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;

/** One stream of each kind, as route files would declare them. */
final class Streams {

    static final Stream LIST = stream("campaigns", "path", "/campaigns/list", "permission", "campaigns.list", "records", "campaigns",
            "pageSize", "100", "primaryKey", "id", "columns", "id string, name string");
    static final Stream NAMES = stream("events", "path", "/events/list", "permission", "events.list", "bucket", "names",
            "records", "events", "pageSize", "250", "primaryKey", "event_name", "columns", "event_name string");
    static final Stream DETAILS = stream("campaigns_details", "path", "/campaigns/details", "permission", "campaigns.details",
            "parent", "campaigns", "partition", "campaign_id", "primaryKey", "campaign_id", "columns", "campaign_id string, name string");
    static final Stream SERIES = stream("canvases_analytics", "path", "/canvas/data_series", "permission", "canvas.data_series",
            "parent", "canvases", "partition", "canvas_id", "records", "data.stats", "maxDays", "14", "zeroFilled", "true",
            "cursor", "time", "primaryKey", "canvas_id, time", "columns", "canvas_id string, time date, total_stats object");

    private Streams() {
    }

    private static Stream stream(String name, String... parameters) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return Declaration.parse(name, map);
    }
}
