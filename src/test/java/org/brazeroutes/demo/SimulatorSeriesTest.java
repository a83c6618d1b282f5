package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorSeriesTest {
    private static final String CAMPAIGN = "/campaigns/data_series";

    private final SetClock clock = new SetClock("2026-03-10T12:30:00Z");
    private Simulator simulator;
    private ApiClient client;
    private World world;

    @AfterEach
    void close() {
        simulator.close();
    }

    private void start(String zone, SimulatorOptions options) {
        world = World.builder().clock(clock).zone(ZoneId.of(zone)).build();
        simulator = Simulator.start(world, options);
        client = new ApiClient(simulator);
    }

    private void start(String zone) {
        start(zone, SimulatorOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,              INCLUSIVE, 2025-12-09,                2025-12-09",
        "UTC,              HALF_OPEN, 2025-12-09,                2025-12-08",
        "America/New_York, INCLUSIVE, 2025-12-09,                2025-12-08",
        "America/New_York, INCLUSIVE, 2025-12-09T05:00:00Z,      2025-12-09",
        "America/New_York, INCLUSIVE, 2025-12-09T23:59:59-05:00, 2025-12-09",
        "America/New_York, INCLUSIVE, 2025-12-09T23:59:59-5:00,  2025-12-09",
        "America/New_York, HALF_OPEN, 2025-12-09T23:59:59-05:00, 2025-12-08",
        "Asia/Seoul,       INCLUSIVE, 2025-12-09,                2025-12-09",
        "Asia/Seoul,       INCLUSIVE, 2025-12-08T15:00:00,       2025-12-09",
        "Asia/Seoul,       INCLUSIVE, 2025-12-08T14:59:59.999Z,  2025-12-08",
        "Europe/Berlin,    INCLUSIVE, 2025-03-30T21:59:59Z,      2025-03-30",
        "Europe/Berlin,    INCLUSIVE, 2025-03-30T22:00:00Z,      2025-03-31",
        "Europe/Berlin,    INCLUSIVE, 2025-10-26T22:59:59Z,      2025-10-26",
        "Europe/Berlin,    INCLUSIVE, 2025-10-26T23:00:00Z,      2025-10-27",
    })
    void theLastBucketFollowsFromTheModelAndTheZone(String zone, EndingAt model, String endingAt, String last) throws Exception {
        start(zone, SimulatorOptions.defaults().endingAt(model));
        LocalDate day = LocalDate.parse(last);
        List<String> expected = day.minusDays(8).datesUntil(day.plusDays(1)).map(LocalDate::toString).toList();
        assertThat(client.times(CAMPAIGN, "campaign_id", world.campaignIds().get(0), "length", 9, "ending_at", endingAt))
                .isEqualTo(expected);
        assertThat(client.times("/canvas/data_series", "canvas_id", world.canvasIds().get(0), "length", 9, "ending_at", endingAt))
                .isEqualTo(expected);
        assertThat(client.times("/kpi/dau/data_series", "length", 9, "ending_at", endingAt)).isEqualTo(expected);
    }

    @Test
    void withoutEndingAtTheSeriesEndsNow() throws Exception {
        clock.set("2026-03-10T23:30:00Z");
        start("Europe/Berlin");
        assertThat(client.times("/kpi/mau/data_series", "length", 2)).containsExactly("2026-03-10", "2026-03-11");
    }

    @ParameterizedTest
    @CsvSource({"length,0", "length,101", "length,''", "length,ten", "ending_at,tomorrow", "ending_at,2026-02-30",
        "ending_at,2026-03-01T00:00:00 01:00", "ending_at,2026-03-01T00:00:00+99:00", "campaign_id,''", "campaign_id,unknown"})
    void malformedParametersAreRefused(String name, String value) throws Exception {
        start("UTC");
        List<Object> query = new ArrayList<>(List.of("campaign_id", world.campaignIds().get(0), "length", "100",
                "ending_at", "2026-03-01T00:00:00+01:00"));
        assertThat(client.status(CAMPAIGN, query.toArray())).isEqualTo(200);
        query.set(query.indexOf(name) + 1, value);
        assertThat(client.status(CAMPAIGN, query.toArray())).isEqualTo(400);
    }

    @Test
    void canvasesTakeFourteenDays() throws Exception {
        start("UTC");
        String id = world.canvasIds().get(0);
        String path = "/canvas/data_series";
        assertThat(client.times(path, "canvas_id", id, "length", 14)).hasSize(14);
        assertThat(client.status(path, "canvas_id", id, "length", 15)).isEqualTo(400);
        assertThat(client.status(path, "canvas_id", id)).isEqualTo(400);
    }

    @Test
    void canvasBreakdownsAreAbsentUnlessAskedFor() throws Exception {
        start("UTC");
        String id = world.canvasIds().get(0);
        String path = "/canvas/data_series";
        assertThat(names(stat(client.json(path, "canvas_id", id, "length", 1))))
                .containsExactlyInAnyOrder("time", "total_stats");
        assertThat(names(stat(client.json(path, "canvas_id", id, "length", 1, "include_variant_breakdown", true))))
                .containsExactlyInAnyOrder("time", "total_stats", "variant_stats");
        JsonNode body = client.json(path, "canvas_id", id, "length", 1, "include_variant_breakdown", true,
                "include_step_breakdown", true);
        assertThat(names(stat(body))).containsExactlyInAnyOrder("time", "total_stats", "variant_stats", "step_stats");
        assertThat(body.get("data").get("name").textValue())
                .isEqualTo(client.json("/canvas/details", "canvas_id", id).get("name").textValue());
        assertThat(client.status(path, "canvas_id", id, "length", 1, "include_step_breakdown", "1")).isEqualTo(400);
    }

    @Test
    void anIdleWindowOfACardIsOneRow() throws Exception {
        start("UTC");
        String id = world.cardIds().get(0);
        assertThat(client.times("/feed/data_series", "card_id", id, "length", 14, "ending_at", "2020-01-14"))
                .containsExactly("2020-01-14");
        assertThat(client.times("/feed/data_series", "card_id", id, "length", 14, "ending_at", "2023-09-14")).hasSize(14);
        assertThat(client.status("/feed/data_series", "card_id", id, "length", 14, "unit", "week")).isEqualTo(400);
    }

    @Test
    void sparseSeriesLeaveIdleDaysOutOrAnswerNothing() throws Exception {
        start("UTC", SimulatorOptions.defaults().fill("events_analytics", Fill.NOTHING).fill("kpi_daily_new_users", Fill.NEVER));
        String event = world.eventNames().get(0);
        JsonNode data = client.json("/events/data_series", "event", event, "length", 100).get("data");
        assertThat(data.size()).isBetween(50, 99);
        data.forEach(row -> assertThat(row.get("count").intValue()).isPositive());
        assertThat(client.json("/kpi/new_users/data_series", "length", 100).toString())
                .isEqualTo("{\"message\":\"success\",\"data\":[]}");
    }

    @Test
    void kpisCanBeAskedPerApp() throws Exception {
        start("UTC");
        String app = world.appIds().get(1);
        assertThat(client.json("/kpi/dau/data_series", "length", 3, "app_id", app))
                .isNotEqualTo(client.json("/kpi/dau/data_series", "length", 3));
        assertThat(client.status("/kpi/dau/data_series", "length", 3, "app_id", "unknown")).isEqualTo(400);
    }

    @Test
    void unknownAndDeletedObjectsAnswerTheChosenStatus() throws Exception {
        start("UTC", SimulatorOptions.defaults().unknownIdStatus(404));
        String id = world.campaignIds().get(0);
        world.delete(id);
        assertThat(client.status(CAMPAIGN, "campaign_id", id, "length", 1)).isEqualTo(404);
        assertThat(client.status("/campaigns/details", "campaign_id", id)).isEqualTo(404);
        assertThat(client.status("/events/data_series", "event", "unknown", "length", 1)).isEqualTo(404);
        assertThat(client.status("/segments/details", "segment_id", "unknown")).isEqualTo(404);
    }

    @Test
    void untrackedSegmentsAnswerZerosOrAreRefused() throws Exception {
        start("UTC");
        String id = world.segmentIds().get(3);
        assertThat(client.json("/segments/data_series", "segment_id", id, "length", 2, "ending_at", "2026-03-01").get("data").findValues("size"))
                .hasSize(2).allMatch(size -> size.intValue() == 0);
        try (Simulator refusing = Simulator.start(world, SimulatorOptions.defaults().untrackedSegmentStatus(400))) {
            ApiClient other = new ApiClient(refusing);
            assertThat(other.status("/segments/data_series", "segment_id", id, "length", 2)).isEqualTo(400);
            world.track(id);
            assertThat(other.status("/segments/data_series", "segment_id", id, "length", 2)).isEqualTo(200);
        }
    }

    @Test
    void rowsComeInDifferentOrdersOfFields() throws Exception {
        start("UTC");
        List<List<String>> orders = new ArrayList<>();
        for (int day = 1; day <= 3; day++) {
            orders.add(names(client.json(CAMPAIGN, "campaign_id", world.campaignIds().get(0), "length", 1,
                    "ending_at", "2026-03-0" + day).get("data").get(0)));
        }
        assertThat(orders).doesNotHaveDuplicates();
    }

    private static JsonNode stat(JsonNode body) {
        return body.get("data").get("stats").get(0);
    }

    private static List<String> names(JsonNode record) {
        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
