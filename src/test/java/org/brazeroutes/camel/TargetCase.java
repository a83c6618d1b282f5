package org.brazeroutes.camel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;

/** Things a source holds that every target must keep. */
enum TargetCase {

    DUPLICATE_RECORDS("campaigns") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            for (int i = 0; i < 130; i++) {
                world.addCampaign("one of many " + i);
            }
            simulator.fault(Fault.on("/campaigns/list").where("page", "1").answer(Answer.repeatingPreviousPage(20)));
        }
    },
    NEW_FIELD("campaigns", "campaigns_analytics") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            world.override("campaigns", first(world), "brand_new", Map.of("a", List.of(1, new BigDecimal("2.50"))));
            world.correct("campaigns_analytics", first(world), day, "new_counter", 7);
            world.correct("campaigns_analytics", first(world), day, "/messages/pigeon", List.of(Map.of("sent", 3, "feathers", "grey")));
        }
    },
    WRONG_TYPE("campaigns_details", "campaigns_analytics") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            world.override("campaigns_details", first(world), "tags", "not a list");
            world.override("campaigns_details", first(world), "created_at", "the day before yesterday");
            world.override("campaigns_details", first(world), "archived", 1);
            world.correct("campaigns_analytics", first(world), day, "conversions", "many");
            world.correct("campaigns_analytics", first(world), day, "revenue", List.of(1, 2));
        }
    },
    SPECIAL_CHARACTERS("campaigns", "campaigns_details") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            world.rename(first(world), "a \"quoted\", 'name';\r\nnext line\n\ttab \\ back, \u0000 NUL \ud83d lone, \ud83c\udf89 pair, \u2028, ,\"\"");
            world.override("campaigns_details", first(world), "description", "");
        }
    },
    HALF_CHARACTERS_IN_NAMES("campaigns", "campaigns_details") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            for (String id : world.campaignIds()) {
                world.override("campaigns", id, "half \ud83d", 1);
                world.override("campaigns_details", id, "messages", Map.of("\udc00 half", Map.of("name", id)));
            }
        }
    },
    HUGE_NUMBER("campaigns_analytics") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            world.correct("campaigns_analytics", first(world), day, "unique_recipients", new BigInteger("12345678901234567890"));
            world.correct("campaigns_analytics", first(world), day, "conversions", Long.MAX_VALUE);
            world.correct("campaigns_analytics", first(world), day, "revenue", new BigDecimal("12345678901234567890.123456789"));
            world.correct("campaigns_analytics", first(world), day.minusDays(1), "revenue", new BigDecimal("19.90"));
        }
    },
    FAR_TIMES("campaigns_details") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            world.override("campaigns_details", first(world), "first_sent", "0001-01-01T00:00:00+00:00");
            world.override("campaigns_details", first(world), "last_sent", "9999-12-31T23:59:59.999999+00:00");
        }
    },
    NULL_EVERYWHERE("campaigns_details", "campaigns_analytics") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            for (String field : List.of("name", "description", "archived", "created_at", "tags", "messages", "channels")) {
                world.override("campaigns_details", first(world), field, null);
            }
            for (String field : List.of("unique_recipients", "conversions", "revenue", "messages")) {
                world.correct("campaigns_analytics", first(world), day, field, null);
            }
        }
    },
    HOSTILE_NAMES("events", "events_analytics", "segments") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            world.addEvent("../../escape");
            world.addEvent("/tmp/absolute");
            world.rename(world.segmentIds().get(0), "../" + "x".repeat(300));
        }
    },
    EVERY_STREAM("campaigns", "campaigns_details", "campaigns_analytics", "canvases", "canvases_details", "canvases_analytics",
            "segments", "segments_details", "segments_analytics", "events", "events_analytics", "cards", "kpi_daily_new_users",
            "kpi_daily_active_users", "kpi_daily_app_uninstalls") {
        @Override
        void prepare(World world, Simulator simulator, LocalDate day) {
            // the world as it is
        }
    };

    private final String[] streams;

    TargetCase(String... streams) {
        this.streams = streams;
    }

    /** The streams that the case touches. */
    String[] streams() {
        return Arrays.copyOf(streams, streams.length);
    }

    /** @param day one that every mode stores */
    abstract void prepare(World world, Simulator simulator, LocalDate day);

    static String first(World world) {
        return world.campaignIds().get(0);
    }

    /** The records by their key; fails if two have the same. */
    static Map<List<Object>, Map<String, Object>> byKey(List<String> key, List<Map<String, Object>> records) {
        Map<List<Object>, Map<String, Object>> byKey = new HashMap<>();
        for (Map<String, Object> record : records) {
            List<Object> value = key.stream().map(record::get).toList();
            if (byKey.put(value, record) != null) {
                throw new AssertionError("two records with the key " + value);
            }
        }
        return byKey;
    }
}
