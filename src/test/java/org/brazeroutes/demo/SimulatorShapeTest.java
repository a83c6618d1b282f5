package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names and JSON types of the fields of every answer. */
class SimulatorShapeTest {
    private static final Set<String> COMPARISON = Set.of("revenue", "unique_recipients", "conversions",
            "conversions_by_send_time", "conversions1", "conversions1_by_send_time", "conversions2",
            "conversions2_by_send_time", "conversions3", "conversions3_by_send_time");
    private static final Set<String> PUSH = Set.of("sent", "direct_opens", "total_opens", "bounces", "body_clicks");
    private static final Set<String> IN_APP = Set.of("impressions", "clicks", "first_button_clicks", "second_button_clicks");
    private static final Map<String, Set<String>> COUNTERS = Map.ofEntries(
            Map.entry("email", Set.of("sent", "opens", "unique_opens", "clicks", "unique_clicks", "unsubscribes", "bounces",
                    "delivered", "reported_spam", "machine_open", "machine_amp_open")),
            Map.entry("ios_push", PUSH), Map.entry("android_push", PUSH), Map.entry("web_push", PUSH), Map.entry("kindle_push", PUSH),
            Map.entry("sms", Set.of("sent", "sent_to_carrier", "delivered", "rejected", "delivery_failed", "clicks", "opt_out", "help")),
            Map.entry("whats_app", Set.of("sent", "delivered", "failed", "read")),
            Map.entry("webhook", Set.of("sent", "errors")),
            Map.entry("content_cards", Set.of("sent", "total_clicks", "total_dismissals", "total_impressions", "unique_clicks",
                    "unique_dismissals", "unique_impressions")),
            Map.entry("trigger_in_app_message", IN_APP), Map.entry("in_app_message", IN_APP),
            Map.entry("a_channel_added_later", Set.of("sent", "some_new_counter")));

    private final World world = World.builder().clock(new SetClock("2026-03-10T12:30:00Z")).build();
    private final Simulator simulator = Simulator.start(world);
    private final ApiClient client = new ApiClient(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void lists() throws Exception {
        assertThat(types(client.json("/campaigns/list").get("campaigns").get(0))).hasToString(
                "{id=STRING, is_api_campaign=BOOLEAN, last_edited=STRING, name=STRING, tags=ARRAY}");
        assertThat(types(client.json("/canvas/list").get("canvases").get(0))).hasToString(
                "{id=STRING, last_edited=STRING, name=STRING, tags=ARRAY}");
        assertThat(types(client.json("/segments/list").get("segments").get(0))).hasToString(
                "{analytics_tracking_enabled=BOOLEAN, id=STRING, name=STRING, tags=ARRAY}");
        assertThat(types(client.json("/feed/list").get("cards").get(0))).hasToString(
                "{id=STRING, tags=ARRAY, title=STRING, type=STRING}");
    }

    @Test
    void details() throws Exception {
        assertThat(types(client.json("/campaigns/details", "campaign_id", world.campaignIds().get(0)))).hasToString(
                "{archived=BOOLEAN, channels=ARRAY, conversion_behaviors=ARRAY, created_at=STRING, description=STRING, "
                + "draft=BOOLEAN, enabled=BOOLEAN, first_sent=STRING, has_post_launch_draft=BOOLEAN, last_sent=STRING, "
                + "message=STRING, messages=OBJECT, name=STRING, schedule_type=STRING, tags=ARRAY, teams=ARRAY, updated_at=STRING}");
        JsonNode canvas = client.json("/canvas/details", "canvas_id", world.canvasIds().get(0));
        assertThat(types(canvas)).hasToString(
                "{archived=BOOLEAN, channels=ARRAY, created_at=STRING, description=STRING, draft=BOOLEAN, enabled=BOOLEAN, "
                + "first_entry=STRING, has_post_launch_draft=BOOLEAN, last_entry=STRING, message=STRING, name=STRING, "
                + "schedule_type=STRING, steps=ARRAY, tags=ARRAY, teams=ARRAY, updated_at=STRING, variants=ARRAY}");
        assertThat(canvas.get("steps")).anyMatch(step -> step.has("messages")).anyMatch(step -> !step.has("messages"));
        assertThat(types(client.json("/segments/details", "segment_id", world.segmentIds().get(0)))).hasToString(
                "{created_at=STRING, description=STRING, message=STRING, name=STRING, tags=ARRAY, teams=ARRAY, "
                + "text_description=STRING, updated_at=STRING}");
    }

    @Test
    void campaignRows() throws Exception {
        Set<String> seen = new HashSet<>();
        for (String id : world.campaignIds()) {
            JsonNode data = client.json("/campaigns/data_series", "campaign_id", id, "length", 3).get("data");
            assertThat(data).hasSize(3);
            for (JsonNode row : data) {
                Map<String, String> types = types(row);
                types.remove("undeclared_count");
                assertThat(types).hasToString("{conversions=INT, conversions1=INT, conversions1_by_send_time=INT, "
                        + "conversions2=INT, conversions2_by_send_time=INT, conversions3=INT, conversions3_by_send_time=INT, "
                        + "conversions_by_send_time=INT, messages=OBJECT, revenue=DECIMAL, time=STRING, unique_recipients=INT}");
                row.get("messages").properties().forEach(channel -> {
                    channel.getValue().forEach(entry -> assertEntry(channel.getKey(), entry));
                    seen.add(channel.getKey());
                });
            }
        }
        assertThat(seen).isEqualTo(COUNTERS.keySet());
    }

    private static void assertEntry(String channel, JsonNode entry) {
        Set<String> names = new HashSet<>(types(entry).keySet());
        assertThat(names.remove("variation_api_id")).isTrue();
        boolean buttons = names.removeIf(name -> name.startsWith("notif_button_") || name.startsWith("carousel_slide_"));
        if (names.remove("variation_name")) {
            assertThat(names).containsAll(COMPARISON);
            names.removeAll(COMPARISON);
        }
        assertThat(names).as(channel).isEqualTo(names.contains("enrolled") ? Set.of("enrolled") : COUNTERS.get(channel));
        assertThat(!buttons || channel.endsWith("push")).isTrue();
    }

    @Test
    void canvasRows() throws Exception {
        JsonNode row = client.json("/canvas/data_series", "canvas_id", world.canvasIds().get(0), "length", 1,
                "include_variant_breakdown", true, "include_step_breakdown", true).get("data").get("stats").get(0);
        String numbers = "conversions=INT, conversions_by_entry_time=INT, entries=INT, ";
        assertThat(types(row.get("total_stats"))).hasToString("{" + numbers + "revenue=DECIMAL}");
        assertThat(row.get("variant_stats")).hasSize(2).allSatisfy(variant ->
                assertThat(types(variant)).hasToString("{" + numbers + "name=STRING, revenue=DECIMAL}"));
        assertThat(row.get("step_stats")).hasSize(4).anyMatch(step -> !step.has("messages"))
                .anyMatch(step -> step.has("messages") && step.get("messages").isEmpty())
                .anySatisfy(step -> step.get("messages").properties().forEach(channel ->
                        channel.getValue().forEach(entry -> assertEntry(channel.getKey(), entry))));
    }

    @Test
    void otherRows() throws Exception {
        assertThat(row("/events/data_series", "event", world.eventNames().get(0))).hasToString("{count=INT, time=STRING}");
        assertThat(row("/segments/data_series", "segment_id", world.segmentIds().get(0))).hasToString("{size=INT, time=STRING}");
        assertThat(row("/feed/data_series", "card_id", world.cardIds().get(0))).hasToString(
                "{clicks=INT, impressions=INT, time=STRING, unique_clicks=INT, unique_impressions=INT}");
        assertThat(row("/kpi/new_users/data_series")).hasToString("{new_users=INT, time=STRING}");
        assertThat(row("/kpi/dau/data_series")).hasToString("{dau=INT, time=STRING}");
        assertThat(row("/kpi/mau/data_series")).hasToString("{mau=INT, time=STRING}");
        assertThat(row("/kpi/uninstalls/data_series")).hasToString("{time=STRING, uninstalls=INT}");
    }

    private Map<String, String> row(String path, Object... query) throws Exception {
        Object[] all = Stream.concat(Arrays.stream(query), Stream.of("length", 1)).toArray();
        JsonNode body = client.json(path, all);
        assertThat(body.get("message").textValue()).isEqualTo("success");
        return types(body.get("data").get(0));
    }

    private static Map<String, String> types(JsonNode record) {
        Map<String, String> types = new TreeMap<>();
        record.properties().forEach(field -> types.put(field.getKey(), field.getValue().isIntegralNumber() ? "INT"
                : field.getValue().isNumber() ? "DECIMAL" : field.getValue().getNodeType().toString()));
        return types;
    }
}
