package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final List<String> STREAMS = List.of("campaigns", "campaigns_details", "campaigns_analytics", "canvases",
            "canvases_details", "canvases_analytics", "events", "events_analytics", "kpi_daily_new_users",
            "kpi_daily_active_users", "kpi_daily_app_uninstalls", "cards", "cards_analytics", "segments",
            "segments_details", "segments_analytics");

    private final SetClock clock = new SetClock("2026-03-10T12:30:00Z");
    private final LocalDate today = LocalDate.of(2026, 3, 10);
    private final World world = World.builder().clock(clock).build();

    @Test
    void sameSeedAndClockHoldTheSameContent() {
        World same = World.builder().clock(clock).build();
        World other = World.builder().clock(clock).seed(2).build();
        for (String stream : STREAMS) {
            List<Map<String, Object>> records = world.records(stream, today.minusDays(5), today);
            assertThat(records).as(stream).isNotEmpty().isEqualTo(same.records(stream, today.minusDays(5), today));
            if (!stream.equals("events")) {
                assertThat(records).as(stream).isNotEqualTo(other.records(stream, today.minusDays(5), today));
            }
        }
    }

    @Test
    void anotherDayInTheYearHasTheSameObjectsAndOldRows() {
        World later = World.builder().clock(new SetClock("2026-11-01T00:00:00Z")).build();
        for (String stream : STREAMS) {
            LocalDate old = LocalDate.of(2026, 1, 1);
            assertThat(later.records(stream, old, old)).as(stream).isEqualTo(world.records(stream, old, old));
        }
    }

    @Test
    void everyChannelAndOddityIsThere() {
        Set<String> channels = new HashSet<>();
        boolean empty = false;
        boolean repeated = false;
        boolean enrolled = false;
        for (Map<String, Object> row : world.records("campaigns_analytics", today, today)) {
            for (Map.Entry<?, ?> channel : ((Map<?, ?>) row.get("messages")).entrySet()) {
                List<?> entries = (List<?>) channel.getValue();
                channels.add((String) channel.getKey());
                empty |= entries.isEmpty();
                enrolled |= entries.stream().anyMatch(entry -> ((Map<?, ?>) entry).containsKey("enrolled"));
                repeated |= entries.stream().map(entry -> ((Map<?, ?>) entry).get("variation_api_id")).distinct().count()
                        < entries.size();
            }
        }
        assertThat(channels).containsExactlyInAnyOrder("email", "ios_push", "android_push", "web_push", "kindle_push", "sms",
                "whats_app", "webhook", "content_cards", "trigger_in_app_message", "in_app_message", "a_channel_added_later");
        assertThat(List.of(empty, repeated, enrolled)).containsOnly(true);
        assertThat(world.records("campaigns_details", today, today))
                .anySatisfy(draft -> assertThat(draft).containsEntry("last_sent", null).containsEntry("draft", true))
                .anySatisfy(archived -> assertThat(archived).containsEntry("archived", true))
                .anySatisfy(extra -> assertThat(extra).containsKey("undeclared_object"));
        assertThat(world.records("campaigns", today, today)).extracting(record -> (String) record.get("last_edited"))
                .anyMatch(text -> text.endsWith("Z")).anyMatch(text -> text.endsWith("+00:00"));
    }

    @Test
    void hostileNamesAreThere() {
        assertThat(world.eventNames()).contains("'; DROP TABLE events; --", "100 % sure%20really", "order/placed & paid",
                "a+b=c?d#e", " leading space", "trailing space ", "Case Matters", "case matters");
        assertThat(world.eventNames()).anyMatch(name -> name.contains("🎉")).anyMatch(name -> name.length() == 512);
    }

    @Test
    void aChannelAppearsInMidSeries() {
        String id = idOfForm(9);
        LocalDate created = LocalDate.parse(((String) detail(id).get("created_at")).substring(0, 10));
        List<Map<String, Object>> rows = rows("campaigns_analytics", "campaign_id", id, created, created.plusDays(60));
        assertThat(((Map<?, ?>) rows.get(39).get("messages")).keySet()).isEqualTo(Set.of("email"));
        assertThat(((Map<?, ?>) rows.get(40).get("messages")).keySet()).isEqualTo(Set.of("email", "sms"));
    }

    @Test
    void rowsBeforeTheCreationAreZero() {
        String id = world.addCampaign("new");
        assertThat(number(id, today.minusDays(1), "unique_recipients")).isZero();
        clock.pass(Duration.ofDays(20));
        int sum = 0;
        for (int day = 0; day < 20; day++) {
            sum += number(id, today.plusDays(day), "unique_recipients");
        }
        assertThat(sum).isPositive();
        assertThat(number(id, today.minusDays(1), "unique_recipients")).isZero();
    }

    @Test
    void conversionsOfAPastDayGrowForThirtyDays() {
        String id = idOfForm(0);
        LocalDate day = busyDay(id);
        clock.set(day + "T23:30:00Z");
        int previous = number(id, day, "conversions_by_send_time");
        int booked = number(id, day, "conversions");
        boolean grew = false;
        for (int age = 1; age <= 40; age++) {
            clock.pass(Duration.ofDays(1));
            int known = number(id, day, "conversions_by_send_time");
            assertThat(known).isGreaterThanOrEqualTo(previous);
            if (age > 30) {
                assertThat(known).isEqualTo(previous);
            }
            grew |= known > previous;
            previous = known;
            assertThat(number(id, day, "conversions")).isEqualTo(booked);
        }
        assertThat(grew).isTrue();
    }

    @Test
    void todayIsPartialAndTomorrowIsEmpty() {
        String id = idOfForm(0);
        LocalDate day = busyDay(id);
        clock.set(day.minusDays(1) + "T12:00:00Z");
        assertThat(number(id, day, "unique_recipients")).isZero();
        clock.set(day + "T06:00:00Z");
        int morning = number(id, day, "unique_recipients");
        clock.set(day + "T18:00:00Z");
        int evening = number(id, day, "unique_recipients");
        clock.pass(Duration.ofDays(1));
        assertThat(number(id, day, "unique_recipients")).isGreaterThan(evening);
        assertThat(evening).isGreaterThan(morning);
        assertThat(morning).isPositive();
    }

    @Test
    void theDayTurnsInTheCompanysZone() {
        World berlin = World.builder().clock(clock).zone(ZoneId.of("Europe/Berlin")).build();
        clock.set("2026-03-10T22:59:59Z");
        assertThat(berlin.today()).isEqualTo("2026-03-10");
        clock.set("2026-03-10T23:00:00Z");
        assertThat(berlin.today()).isEqualTo("2026-03-11");
    }

    @Test
    void correctionsTakeAnyValue() {
        String id = idOfForm(0);
        BigInteger large = new BigInteger("12345678901234567890");
        String nul = "a\u0000b";
        String surrogate = "a\ud800b";
        world.correct("campaigns_analytics", id, today, "conversions", large);
        world.correct("campaigns_analytics", id, today, "unique_recipients", "many");
        world.correct("campaigns_analytics", id, today, "new field", nul);
        world.correct("campaigns_analytics", id, today, "surrogate", surrogate);
        world.correct("campaigns_analytics", id, today, "/messages/email/0/sent", null);
        world.add("campaigns_analytics", id, today, "conversions1", 5);
        world.remove("campaigns_analytics", id, today, "revenue");
        Map<String, Object> row = rows("campaigns_analytics", "campaign_id", id, today, today).get(0);
        assertThat(row).containsEntry("conversions", large).containsEntry("unique_recipients", "many")
                .containsEntry("new field", nul).containsEntry("surrogate", surrogate).doesNotContainKey("revenue");
        assertThat((Integer) row.get("conversions1")).isGreaterThanOrEqualTo(5);
        Map<?, ?> email = (Map<?, ?>) ((List<?>) ((Map<?, ?>) row.get("messages")).get("email")).get(0);
        assertThat(email.containsKey("sent")).isTrue();
        assertThat(email.get("sent")).isNull();
    }

    @Test
    void additionsAddUp() {
        String app = world.appIds().get(0);
        int before = kpi(app);
        world.add("kpi_daily_new_users", app, today, "new_users", 7);
        world.add("kpi_daily_new_users", app, today, "new_users", 8);
        assertThat(kpi(app)).isEqualTo(before + 15);
    }

    @Test
    void editsChangeListAndDetails() {
        String id = idOfForm(1);
        clock.pass(Duration.ofHours(1));
        world.rename(id, "other");
        world.tag(id, List.of("x"));
        assertThat(record("campaigns", "id", id)).containsEntry("name", "other").containsEntry("tags", List.of("x"))
                .containsEntry("last_edited", "2026-03-10T13:30:00+00:00");
        assertThat(detail(id)).containsEntry("name", "other").containsEntry("updated_at", "2026-03-10T13:30:00+00:00");
    }

    @Test
    void overridesAreNoEdits() {
        String id = idOfForm(1);
        Object edited = record("campaigns", "id", id).get("last_edited");
        world.override("campaigns", id, "name", 17);
        world.override("campaigns_details", id, "strange", List.of(1));
        world.remove("campaigns", id, "tags");
        assertThat(record("campaigns", "id", id)).containsEntry("name", 17).containsEntry("last_edited", edited)
                .doesNotContainKey("tags");
        assertThat(detail(id)).containsEntry("strange", List.of(1)).containsKey("tags");
    }

    @Test
    void deletedObjectsAreGone() {
        String id = idOfForm(1);
        int before = world.campaignIds().size();
        world.delete(id);
        assertThat(world.campaignIds()).hasSize(before - 1).doesNotContain(id);
        assertThatThrownBy(() -> world.archive(id)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(id);
    }

    @Test
    void segmentsHaveRowsFromTheDayTheyAreTracked() {
        String id = world.addSegment("untracked", false);
        assertThat(rows("segments_analytics", "segment_id", id, today, today)).isEmpty();
        clock.pass(Duration.ofDays(3));
        world.track(id);
        clock.pass(Duration.ofDays(3));
        assertThat(rows("segments_analytics", "segment_id", id, today.plusDays(2), today.plusDays(3)))
                .extracting(row -> (Integer) row.get("size")).satisfiesExactly(
                        before -> assertThat(before).isZero(), first -> assertThat(first).isPositive());
    }

    @Test
    void anEmptyWorldHoldsKpisOnly() {
        World empty = World.builder().clock(clock).empty().apps().build();
        for (String stream : STREAMS) {
            assertThat(empty.records(stream, today, today)).as(stream).hasSize(stream.startsWith("kpi_") ? 1 : 0);
        }
        assertThatThrownBy(() -> empty.records("nothing", today, today)).isInstanceOf(IllegalArgumentException.class);
    }

    private String idOfForm(int form) {
        return world.campaignIds().get(form);
    }

    private Map<String, Object> detail(String id) {
        return record("campaigns_details", "campaign_id", id);
    }

    private Map<String, Object> record(String stream, String key, String id) {
        return rows(stream, key, id, today, today).get(0);
    }

    private List<Map<String, Object>> rows(String stream, String key, String id, LocalDate from, LocalDate to) {
        return world.records(stream, from, to).stream().filter(row -> id.equals(row.get(key))).toList();
    }

    private int number(String id, LocalDate day, String field) {
        return (Integer) rows("campaigns_analytics", "campaign_id", id, day, day).get(0).get(field);
    }

    private int kpi(String app) {
        return (Integer) rows("kpi_daily_new_users", "app_id", app, today, today).get(0).get("new_users");
    }

    private LocalDate busyDay(String id) {
        LocalDate day = today.minusDays(30);
        while (number(id, day, "conversions") < 20) {
            day = day.plusDays(1);
        }
        return day;
    }
}
