package org.brazeroutes.demo;

import static org.brazeroutes.demo.Counter.count;
import static org.brazeroutes.demo.Counter.late;
import static org.brazeroutes.demo.Counter.money;
import static org.brazeroutes.demo.MessageTexts.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes canvases of two variants and four steps, of which two send messages. */
final class CanvasFactory {
    private static final List<String> WIDE = List.of("ios_push", "android_push", "sms", "webhook", "content_cards",
            "whats_app", "trigger_in_app_message");
    private static final List<String> NARROW = List.of("ios_push", "android_push");

    private record Step(String id, String name, String type, List<String> channels, List<String> messageIds) {
    }

    private final Stamps stamps;

    CanvasFactory(Stamps stamps) {
        this.stamps = stamps;
    }

    Item canvas(long seed, String name, Instant created, int form) {
        String id = Mix.uuid(seed);
        boolean archived = form % 6 == 5;
        boolean neverEntered = form % 6 == 4;
        List<String> variants = List.of(Mix.uuid(Mix.of(seed, 50)), Mix.uuid(Mix.of(seed, 51)));
        List<Step> steps = List.of(
                step(seed, 0, "Welcome email", "message", List.of("email")),
                step(seed, 1, "Wait 3 days", "delay", List.of()),
                step(seed, 2, "Opened the app?", "decision_split", List.of()),
                step(seed, 3, "Day 2 nudge", "message", form % 3 == 0 ? WIDE : NARROW));
        Map<String, Object> listed = record("id", id, "last_edited", stamps.edited(created, seed), "name", name,
                "tags", Names.tags(seed));
        Map<String, Object> details = record("created_at", stamps.text(created, false),
                "updated_at", stamps.edited(created, seed), "name", name, "description", "", "archived", archived,
                "draft", neverEntered, "enabled", !neverEntered, "has_post_launch_draft", form % 2 == 0,
                "schedule_type", "action_based",
                "first_entry", neverEntered ? null : stamps.text(created.plus(1, ChronoUnit.DAYS), false),
                "last_entry", neverEntered ? null : stamps.text(created.plus(30, ChronoUnit.DAYS), true),
                "channels", channels(steps), "variants", variants(variants, steps), "tags", listed.get("tags"),
                "teams", List.of("Lifecycle"), "steps", steps(steps, form % 4 == 3));
        Activity activity = neverEntered ? Activity.NONE
                : Activity.of(seed, stamps.day(created), Long.MAX_VALUE, 100 + Mix.below(5_000, seed, 7), 3);
        return new Item(Kind.CANVAS, id, archived, listed, details, new Series(activity, row(variants, steps)));
    }

    private static Step step(long seed, int index, String name, String type, List<String> channels) {
        List<String> messageIds = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            messageIds.add(Mix.uuid(Mix.of(seed, 200 + 20L * index + i)));
        }
        return new Step(Mix.uuid(Mix.of(seed, 60 + index)), name, type, channels, messageIds);
    }

    private static Map<String, Object> row(List<String> variants, List<Step> steps) {
        Map<String, Object> variantStats = new LinkedHashMap<>();
        variantStats.put(variants.get(0), record("name", "Variant 1", "revenue", money(60_600), "conversions", count(38),
                "conversions_by_entry_time", late(41), "entries", count(500)));
        variantStats.put(variants.get(1), record("name", "Control", "revenue", money(49_500), "conversions", count(36),
                "conversions_by_entry_time", late(37), "entries", count(499)));
        Map<String, Object> stepStats = new LinkedHashMap<>();
        for (Step step : steps) {
            stepStats.put(step.id(), stepRow(step));
        }
        return record("time", Counter.TIME,
                "total_stats", record("revenue", money(110_155), "conversions", count(74),
                        "conversions_by_entry_time", late(78), "entries", count(1000)),
                "variant_stats", variantStats, "step_stats", stepStats);
    }

    /** A delay has an empty map of messages, a split has none at all. */
    private static Map<String, Object> stepRow(Step step) {
        boolean sends = !step.channels().isEmpty();
        Map<String, Object> row = record("name", step.name(), "revenue", money(sends ? 66_105 : 0),
                "conversions", count(sends ? 37 : 0), "conversions_by_entry_time", late(sends ? 38 : 0));
        if (!step.type().equals("decision_split")) {
            Map<String, Object> messages = new LinkedHashMap<>();
            for (int i = 0; i < step.channels().size(); i++) {
                Map<String, Object> entry = record("variation_api_id", step.messageIds().get(i));
                entry.putAll(Channels.counters(step.channels().get(i)));
                messages.put(step.channels().get(i), List.of(entry));
            }
            row.put("messages", messages);
        }
        return row;
    }

    private static List<String> channels(List<Step> steps) {
        return steps.stream().flatMap(step -> step.channels().stream()).distinct().toList();
    }

    private static List<Object> variants(List<String> ids, List<Step> steps) {
        String first = steps.get(0).id();
        return List.of(
                record("name", "Variant 1", "id", ids.get(0), "first_step_ids", List.of(first), "first_step_id", first),
                record("name", "Control", "id", ids.get(1), "first_step_ids", List.of()));
    }

    /** @param old older bodies have neither types nor paths */
    private static List<Object> steps(List<Step> steps, boolean old) {
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String next = i + 1 < steps.size() ? steps.get(i + 1).id() : null;
            boolean sends = !step.channels().isEmpty();
            Map<String, Object> record = record("name", step.name(), "id", step.id(),
                    "next_step_ids", sends && next != null ? List.of(next) : List.of(), "channels", step.channels());
            if (!old) {
                record.put("type", step.type());
                record.put("next_paths", paths(step, next));
            }
            if (sends) {
                Map<String, Object> messages = new LinkedHashMap<>();
                for (int m = 0; m < step.channels().size(); m++) {
                    messages.put(step.messageIds().get(m), MessageTexts.message(step.channels().get(m), "Variant 1"));
                }
                record.put("messages", messages);
            }
            records.add(record);
        }
        return records;
    }

    private static List<Object> paths(Step step, String next) {
        if (step.type().equals("decision_split")) {
            return List.of(record("name", "Yes", "next_step_id", null), record("name", "No", "next_step_id", next));
        }
        return next == null ? List.of() : List.of(record("name", null, "next_step_id", next));
    }
}
