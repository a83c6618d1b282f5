package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link World#records} says is what a client reads. */
class SimulatorOracleTest {
    private final SetClock clock = new SetClock("2026-03-10T12:30:00Z");
    private final World world = World.builder().clock(clock).zone(ZoneId.of("America/New_York")).build();
    private final LocalDate today = LocalDate.of(2026, 3, 10);
    private final LocalDate from = today.minusDays(13);
    private final Simulator simulator = Simulator.start(world);
    private final ApiClient client = new ApiClient(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({"/campaigns/list,campaigns", "/canvas/list,canvases", "/segments/list,segments", "/feed/list,cards"})
    void lists(String path, String stream) throws Exception {
        List<Map<String, Object>> read = new ArrayList<>();
        client.json(path, "include_archived", true).get(stream).forEach(record -> read.add(ApiClient.map(record)));
        assertThat(read).isNotEmpty().isEqualTo(world.records(stream, from, today));
    }

    @Test
    void events() throws Exception {
        List<Map<String, Object>> read = new ArrayList<>();
        client.json("/events/list").get("events").forEach(name -> read.add(Map.of("event_name", name.textValue())));
        assertThat(read).hasSize(30).isEqualTo(world.records("events", from, today));
    }

    @ParameterizedTest
    @CsvSource({"/campaigns/details,campaigns_details,campaign_id", "/canvas/details,canvases_details,canvas_id",
        "/segments/details,segments_details,segment_id"})
    void details(String path, String stream, String key) throws Exception {
        List<Map<String, Object>> expected = world.records(stream, from, today);
        assertThat(expected).isNotEmpty();
        for (Map<String, Object> record : expected) {
            Map<String, Object> read = ApiClient.map(client.json(path, key, record.get(key)));
            assertThat(read.remove("message")).isEqualTo("success");
            read.put(key, record.get(key));
            assertThat(read).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @CsvSource({"/campaigns/data_series,campaigns_analytics,campaign_id,campaign_id",
        "/canvas/data_series,canvases_analytics,canvas_id,canvas_id",
        "/events/data_series,events_analytics,event,event_name",
        "/feed/data_series,cards_analytics,card_id,card_id",
        "/segments/data_series,segments_analytics,segment_id,segment_id",
        "/kpi/new_users/data_series,kpi_daily_new_users,app_id,app_id",
        "/kpi/dau/data_series,kpi_daily_active_users,app_id,app_id",
        "/kpi/uninstalls/data_series,kpi_daily_app_uninstalls,app_id,app_id"})
    void series(String path, String stream, String parameter, String key) throws Exception {
        Map<Object, List<Map<String, Object>>> expected = new LinkedHashMap<>();
        world.records(stream, from, today).forEach(row -> expected.computeIfAbsent(row.get(key), id -> new ArrayList<>()).add(row));
        assertThat(expected).hasSizeGreaterThan(2);
        for (Map.Entry<Object, List<Map<String, Object>>> object : expected.entrySet()) {
            List<Map<String, Object>> read = rows(path, parameter, key, object.getKey());
            assertThat(object.getValue()).hasSize(14).endsWith(read.get(read.size() - 1));
            boolean idleCard = stream.equals("cards_analytics") && read.size() == 1;
            assertThat(read).isEqualTo(idleCard ? object.getValue().subList(13, 14) : object.getValue());
        }
    }

    @Test
    void correctionsArriveAsTheyAre() throws Exception {
        String id = world.campaignIds().get(0);
        world.correct("campaigns_analytics", id, today, "conversions", new BigInteger("12345678901234567890"));
        world.correct("campaigns_analytics", id, today, "unique_recipients", "many");
        world.correct("campaigns_analytics", id, today, "nul", "a\u0000b");
        world.correct("campaigns_analytics", id, today, "surrogate", "a\ud800b 🎉");
        world.remove("campaigns_analytics", id, today.minusDays(1), "revenue");
        world.override("campaigns", id, "name", "\udfff");
        String body = client.get("/campaigns/data_series", "campaign_id", id, "length", 1).body();
        assertThat(body).contains(":12345678901234567890", "\"a\\u0000b\"", "\"a\\ud800b 🎉\"");
        assertThat(client.get("/campaigns/list").body()).contains("\"\\udfff\"");
        series("/campaigns/data_series", "campaigns_analytics", "campaign_id", "campaign_id");
        lists("/campaigns/list", "campaigns");
    }

    @Test
    void theNextDayTheRowsAreOthersAndStillTheSameForBoth() throws Exception {
        List<Map<String, Object>> before = world.records("campaigns_analytics", from, today);
        clock.set("2026-03-11T15:00:00Z");
        assertThat(world.records("campaigns_analytics", from, today)).isNotEqualTo(before);
        String id = world.campaignIds().get(0);
        List<Map<String, Object>> rows = world.records("campaigns_analytics", from.plusDays(1), today.plusDays(1)).subList(0, 14);
        assertThat(rows("/campaigns/data_series", "campaign_id", "campaign_id", id)).isEqualTo(rows);
    }

    private List<Map<String, Object>> rows(String path, String parameter, String key, Object id) throws Exception {
        JsonNode data = client.json(path, parameter, id, "length", 14, "include_variant_breakdown", true,
                "include_step_breakdown", true).get("data");
        List<Map<String, Object>> rows = new ArrayList<>();
        (data.isArray() ? data : data.get("stats")).forEach(row -> {
            Map<String, Object> record = ApiClient.map(row);
            record.put(key, id);
            rows.add(record);
        });
        return rows;
    }
}
