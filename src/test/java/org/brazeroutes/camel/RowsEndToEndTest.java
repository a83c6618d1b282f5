package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's tables hold, value by value, while the workspace changes and days pass. */
class RowsEndToEndTest {

    @TempDir
    private Path directory;

    @Test
    void lateCorrectionsArriveAndTodayBecomesFinalAsDaysPass() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T08:30:00Z")) {
            for (String now : List.of("2026-06-10T08:30:00Z", "2026-06-10T21:00:00Z", "2026-06-11T00:30:00Z", "2026-06-15T23:59:00Z",
                    "2026-08-20T10:00:00Z")) {
                synced.clock.set(now);
                synced.sync();
                synced.hasEverything();
            }
        }
    }

    @Test
    void correctionsWithinTheLookBackArriveWithAnyValueAndType() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync();
            String campaign = synced.world.campaignIds().get(0);
            LocalDate day = LocalDate.parse("2026-06-01");
            synced.world.correct("campaigns_analytics", campaign, day, "conversions", new BigInteger("12345678901234567890"));
            synced.world.correct("campaigns_analytics", campaign, day, "unique_recipients", "many");
            synced.world.correct("campaigns_analytics", campaign, day, "nul", "a\u0000b \ud800");
            synced.world.correct("campaigns_analytics", campaign, day.plusDays(1), "conversions1", 5.0);
            synced.world.correct("campaigns_analytics", campaign, day.plusDays(2), "messages", List.of("not", "an object"));
            synced.world.remove("campaigns_analytics", campaign, day.plusDays(3), "revenue");
            synced.world.add("canvases_analytics", synced.world.canvasIds().get(0), day, "/total_stats/entries", 7);
            synced.world.add("kpi_daily_new_users", "", day, "new_users", 3);
            synced.world.add("events_analytics", synced.world.eventNames().get(0), day, "count", 9);
            Map<String, PassResult> results = synced.sync();
            synced.hasEverything();
            assertThat(results.get("campaigns_analytics").rows()).isEqualTo(4);
            assertThat(results.get("canvases_analytics").rows()).isEqualTo(1);
            assertThat(results.get("campaigns_analytics").notes()).anyMatch(note -> note.startsWith("3 values did not fit"));
            String extra = synced.database.query("select \"_EXTRA\" e from campaigns_analytics where campaign_id = '" + campaign
                    + "' and \"TIME\" = date '2026-06-01'").get(0).get("e").toString();
            assertThat(JsonValue.parse(extra)).isEqualTo(JsonValue.plain(Map.of("conversions", new BigInteger("12345678901234567890"),
                    "unique_recipients", "many", "nul", "a\ufffdb \ufffd")));
        }
    }

    @Test
    void editsMisfitsAndUndeclaredFieldsOfListsAndDetailsArrive() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync();
            String campaign = synced.world.campaignIds().get(1);
            synced.world.rename(campaign, "Renamed \u0000 🎉 \udfff");
            synced.world.tag(synced.world.canvasIds().get(0), List.of("new", "tags"));
            synced.world.rename(synced.world.cardIds().get(0), "Other title");
            synced.world.rename(synced.world.segmentIds().get(0), "Other segment");
            synced.world.override("campaigns", synced.world.campaignIds().get(2), "is_api_campaign", "perhaps");
            synced.world.override("campaigns", synced.world.campaignIds().get(3), "last_edited", "");
            synced.world.override("campaigns_details", campaign, "archived", 1);
            synced.world.override("campaigns_details", campaign, "first_sent", "some day");
            synced.world.override("canvases_details", synced.world.canvasIds().get(1), "brand new", Map.of("a", List.of(1, 2.5)));
            synced.world.remove("segments_details", synced.world.segmentIds().get(1), "description");
            synced.sync();
            synced.hasEverything();
        }
    }

    @Test
    void whatIsDeletedLeavesTheListsButItsDaysStay() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync();
            String campaign = synced.world.campaignIds().get(0);
            String segment = synced.world.segmentIds().get(0);
            String event = synced.world.eventNames().get(3);
            List<Map<String, Object>> campaigns = synced.records("campaigns_analytics");
            List<Map<String, Object>> segments = synced.records("segments_analytics");
            List<Map<String, Object>> events = synced.records("events_analytics");
            synced.world.delete(campaign);
            synced.world.delete(event);
            synced.world.archive(segment);
            synced.world.archive(synced.world.campaignIds().get(1));
            synced.clock.set("2026-06-12T12:30:00Z");
            synced.sync();
            for (String stream : synced.database.streams.keySet()) {
                List<Map<String, Object>> expected = new ArrayList<>(synced.records(stream));
                kept(stream.equals("campaigns_analytics") ? campaigns : List.of(), "campaign_id", campaign, expected);
                kept(stream.equals("segments_analytics") ? segments : List.of(), "segment_id", segment, expected);
                kept(stream.equals("events_analytics") ? events : List.of(), "event_name", event, expected);
                Rows.equal(synced.database, stream, expected);
            }
            UnnestedRows.equalTheirParents(synced.database);
            assertThat(synced.database.count("campaigns_details")).isEqualTo(19);
        }
    }

    private static void kept(List<Map<String, Object>> before, String key, String id, List<Map<String, Object>> expected) {
        before.stream().filter(row -> row.get(key).equals(id)).forEach(expected::add);
    }

    @Test
    void parentsThatTurnUpLaterHaveTheirWholeHistory() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.startsOn("2026-01-01");
            synced.database.placeholders.put("braze.include-archived", "false");
            String archived = synced.world.campaignIds().get(0);
            synced.world.archive(archived);
            synced.sync();
            assertThat(synced.database.query("select * from campaigns_analytics where campaign_id = '" + archived + "'")).isEmpty();
            synced.clock.set("2026-06-20T12:30:00Z");
            synced.database.placeholders.put("braze.include-archived", "true");
            synced.world.addCampaign("New campaign", "sms", "email");
            synced.world.addCanvas("New canvas");
            synced.world.addCard("New card");
            synced.world.addEvent("New event");
            synced.world.addSegment("New segment", true);
            synced.world.track(synced.world.segmentIds().get(3));
            synced.sync();
            synced.hasEverything();
            assertThat(synced.records("campaigns_analytics")).anyMatch(row -> row.get("campaign_id").equals(archived)
                    && row.get("time").equals("2026-01-01"));
        }
    }

    @Test
    void archivedObjectsAreLeftOutWhenTheSettingSaysSo() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.placeholders.put("braze.include-archived", "false");
            List<Object> archived = new ArrayList<>(List.of(synced.world.campaignIds().get(0), synced.world.cardIds().get(3)));
            synced.records("campaigns_details").stream().filter(row -> row.get("archived").equals(true))
                    .forEach(row -> archived.add(row.get("campaign_id")));
            synced.world.archive(synced.world.campaignIds().get(0));
            synced.sync();
            for (String stream : synced.database.streams.keySet()) {
                Rows.equal(synced.database, stream, synced.records(stream).stream().filter(row -> !archived.contains(row.get("id"))
                        && !archived.contains(row.get("campaign_id")) && !archived.contains(row.get("card_id"))).toList());
            }
            assertThat(archived).hasSizeGreaterThan(2);
        }
    }

    @Test
    void kpisOfTheAppsThatAreNamedStandBesideTheTotal() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.sync(Synced.KPIS.toArray(String[]::new));
            synced.database.placeholders.put("braze.app-ids", "app-ios,app-android");
            synced.clock.set("2026-06-14T12:30:00Z");
            synced.sync(Synced.KPIS.toArray(String[]::new));
            synced.hasEverything(Synced.KPIS.toArray(String[]::new));
            assertThat(synced.database.query("select distinct app_id from kpi_daily_new_users order by 1")).extracting(row -> row.get("app_id"))
                    .containsExactly("", "app-android", "app-ios");
        }
    }

    @Test
    void tablesMayHaveAPrefixAndASchema() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.prefix = "bz_";
            synced.database.schema = "marketing";
            synced.database.execute("create schema marketing");
            synced.sync();
            synced.hasEverything();
            assertThat(synced.database.query("select table_name t from information_schema.tables where table_schema = 'PUBLIC'")).isEmpty();
            assertThat(synced.database.query("select table_name t from information_schema.tables where table_schema = 'MARKETING'"))
                    .extracting(row -> row.get("t").toString()).isNotEmpty().allMatch(name -> name.startsWith("BZ_"));
        }
    }

    @Test
    void anEventWhoseNameIsTooLongForAKeyIsReportedAndTheOthersAreStored() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.world.addEvent("y".repeat(1_000));
            Map<String, PassResult> results = synced.database.sync("events", "events_analytics");
            assertThat(results.values()).allSatisfy(result -> {
                assertThat(result.result()).isEqualTo(Result.PARTIAL);
                assertThat(result.error()).contains("1000 characters").contains("512 at most");
            });
            for (String stream : List.of("events", "events_analytics")) {
                Rows.equal(synced.database, stream, synced.records(stream).stream()
                        .filter(row -> row.get("event_name").toString().length() < 1_000).toList());
            }
            assertThat(synced.database.query("select * from events where char_length(event_name) = 512")).hasSize(1);
        }
    }

    @Test
    void anEmptyWorkspaceHasItsKpisAndOneWithEventsAloneThoseToo() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", World.builder().empty(),
                SimulatorOptions.defaults())) {
            synced.sync();
            for (String stream : synced.database.streams.keySet()) {
                Rows.equal(synced.database, stream, synced.records(stream));
            }
            assertThat(synced.database.count("kpi_daily_new_users")).isEqualTo(41);
            synced.world.addEvent("The only one");
            synced.clock.set("2026-06-11T12:30:00Z");
            synced.sync();
            for (String stream : synced.database.streams.keySet()) {
                Rows.equal(synced.database, stream, synced.records(stream));
            }
            assertThat(synced.database.count("events_analytics")).isEqualTo(42);
        }
    }
}
