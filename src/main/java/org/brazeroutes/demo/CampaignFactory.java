package org.brazeroutes.demo;

import static org.brazeroutes.demo.MessageTexts.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.demo.CampaignForm.Variation;

/** Makes campaigns: their list record, their details and their rows all follow from one form. */
final class CampaignFactory {
    private final Stamps stamps;

    CampaignFactory(Stamps stamps) {
        this.stamps = stamps;
    }

    Item campaign(long seed, String name, Instant created, CampaignForm form) {
        String id = Mix.uuid(seed);
        List<String> variationIds = variationIds(seed, form.variations());
        boolean odd = (seed & 1) == 1;
        Map<String, Object> listed = record("id", id, "last_edited", stamps.edited(created, seed), "name", name,
                "is_api_campaign", Mix.below(5, seed, 4) == 0, "tags", Names.tags(seed));
        Map<String, Object> details = record("created_at", stamps.text(created, false),
                "updated_at", stamps.edited(created, seed), "archived", form.archived(), "draft", form.draft(),
                "enabled", !form.draft(), "has_post_launch_draft", odd, "name", name,
                "description", odd ? "" : "Two-day sale", "schedule_type", odd ? "action_based" : "time_based",
                "channels", channels(form), "first_sent", sent(form, created.plus(1, ChronoUnit.DAYS), false),
                "last_sent", sent(form, created.plus(25, ChronoUnit.DAYS), odd), "tags", listed.get("tags"),
                "teams", odd ? List.of() : List.of("CRM"), "messages", messages(form, variationIds),
                "conversion_behaviors", conversions(form));
        if (form.extra()) {
            listed.put("undeclared_flag", true);
            details.put("undeclared_object", record("a", List.of(1, 2), "b", null));
        }
        return new Item(Kind.CAMPAIGN, id, form.archived(), listed, details, series(seed, created, form, variationIds));
    }

    private Series series(long seed, Instant created, CampaignForm form, List<String> ids) {
        long firstDay = stamps.day(created);
        Activity activity = form.draft() ? Activity.NONE
                : Activity.of(seed, firstDay, Long.MAX_VALUE, 200 + Mix.below(20_000, seed, 7), 4);
        if (form.variations().stream().noneMatch(Variation::later)) {
            return new Series(activity, row(form, ids, true));
        }
        return new Series(activity, row(form, ids, false), firstDay + 40, row(form, ids, true));
    }

    private static Map<String, Object> row(CampaignForm form, List<String> ids, boolean withLater) {
        Map<String, Object> messages = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Variation variation = form.variations().get(i);
            if (withLater || !variation.later()) {
                entries(messages, variation.channel()).add(entry(form, variation, ids.get(i)));
            }
        }
        form.empty().forEach(channel -> entries(messages, channel));
        Map<String, Object> row = record("time", Counter.TIME, "messages", messages);
        row.putAll(Channels.campaignTotals());
        if (form.extra()) {
            row.put("undeclared_count", Counter.count(77));
        }
        return row;
    }

    @SuppressWarnings("unchecked") // put there by this method only
    private static List<Object> entries(Map<String, Object> messages, String channel) {
        return (List<Object>) messages.computeIfAbsent(channel, name -> new ArrayList<>());
    }

    private static Map<String, Object> entry(CampaignForm form, Variation variation, String id) {
        Map<String, Object> entry = new LinkedHashMap<>();
        if (form.compared()) {
            entry.put("variation_name", variation.name());
        }
        entry.put("variation_api_id", id);
        if (variation.control()) {
            entry.put("enrolled", Counter.count(110));
        } else {
            entry.putAll(Channels.counters(variation.channel()));
        }
        if (form.compared()) {
            entry.putAll(Channels.comparison());
        }
        if (variation.buttons()) {
            entry.put("notif_button_1_Shop now_click", Counter.count(15));
            entry.put("carousel_slide_2_Früh\"ling_click", Counter.count(6));
        }
        return entry;
    }

    private static List<String> variationIds(long seed, List<Variation> variations) {
        List<String> ids = new ArrayList<>();
        for (Variation variation : variations) {
            ids.add(variation.repeated() ? ids.get(ids.size() - 1) : Mix.uuid(Mix.of(seed, 100 + ids.size())));
        }
        return ids;
    }

    private static List<String> channels(CampaignForm form) {
        Set<String> channels = new LinkedHashSet<>();
        form.variations().forEach(variation -> channels.add(variation.channel()));
        return List.copyOf(channels);
    }

    private static Map<String, Object> messages(CampaignForm form, List<String> ids) {
        Map<String, Object> messages = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Variation variation = form.variations().get(i);
            messages.put(ids.get(i), variation.control() ? MessageTexts.control(variation.channel())
                    : MessageTexts.message(variation.channel(), variation.name()));
        }
        return messages;
    }

    private static List<Object> conversions(CampaignForm form) {
        return form.draft() ? List.of() : List.of(
                record("type", "Makes Any Purchase", "window", 259_200),
                record("type", "Performs Custom Event", "window", 86_400, "custom_event_name", "Checkout Started"),
                record("type", "Starts Session", "window", 86_400, "app_ids", null));
    }

    private String sent(CampaignForm form, Instant at, boolean zulu) {
        return form.draft() ? null : stamps.text(at.truncatedTo(ChronoUnit.HOURS), zulu);
    }
}
