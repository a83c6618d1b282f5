package org.brazeroutes.demo;

import static org.brazeroutes.demo.Counter.count;
import static org.brazeroutes.demo.MessageTexts.record;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Makes the objects of a workspace; the n-th of a kind is always the same one. */
final class ItemFactory {
    private static final List<String> CARD_TYPES = List.of("NewsItem", "CaptionedImage", "Banner", "DevPick");

    private final long seed;
    private final Stamps stamps;
    private final CampaignFactory campaigns;
    private final CanvasFactory canvases;

    ItemFactory(long seed, ZoneId zone) {
        this.seed = seed;
        this.stamps = new Stamps(zone);
        this.campaigns = new CampaignFactory(stamps);
        this.canvases = new CanvasFactory(stamps);
    }

    Item campaign(int index, String name, Instant created, CampaignForm form) {
        return campaigns.campaign(seed(Kind.CAMPAIGN, index), name, created, form);
    }

    Item canvas(int index, String name, Instant created, int form) {
        return canvases.canvas(seed(Kind.CANVAS, index), name, created, form);
    }

    Item segment(int index, String name, Instant created, boolean tracked) {
        long seed = seed(Kind.SEGMENT, index);
        String id = Mix.uuid(seed);
        Map<String, Object> listed = record("id", id, "name", name, "analytics_tracking_enabled", tracked,
                "tags", Names.tags(seed));
        Map<String, Object> details = record("created_at", stamps.text(created, false),
                "updated_at", stamps.edited(created, seed), "name", name, "description", "Users who have used " + name,
                "text_description", index % 2 == 0 ? "Everyone seen\non the web shop" : "", "tags", listed.get("tags"),
                "teams", List.of());
        Series untracked = new Series(Activity.NONE, record("time", Counter.TIME, "size", count(1000)));
        Item item = new Item(Kind.SEGMENT, id, false, listed, details, untracked);
        return tracked ? tracked(item, stamps.day(created)) : item;
    }

    /** History exists only from the day tracking was switched on. */
    static Item tracked(Item segment, long sinceDay) {
        long seed = Mix.of(7, segment.id());
        Activity size = Activity.level(seed, sinceDay, 1_000 + Mix.below(300_000, seed, 1));
        return segment.withListed("analytics_tracking_enabled", true).with(segment.series().with(size));
    }

    Item card(int index, String title, Instant created, boolean archived) {
        long seed = seed(Kind.CARD, index);
        String id = Mix.uuid(seed);
        Map<String, Object> listed = record("id", id, "type", CARD_TYPES.get(index % CARD_TYPES.size()),
                "title", title, "tags", Names.tags(seed));
        long firstDay = stamps.day(created);
        Activity activity = index % 3 == 2 ? Activity.NONE
                : Activity.of(seed, firstDay, firstDay + 400, 100 + Mix.below(5_000, seed, 7), 4);
        Series series = new Series(activity, record("time", Counter.TIME, "clicks", count(24), "impressions", count(1000),
                "unique_clicks", count(22), "unique_impressions", count(770)));
        return new Item(Kind.CARD, id, archived, listed, Map.of(), series);
    }

    Item event(String name, Instant created) {
        Activity activity = Activity.of(Mix.of(seed, name), stamps.day(created), Long.MAX_VALUE, 3_000, 1);
        return new Item(Kind.EVENT, name, false, Map.of(), Map.of(), new Series(activity, record("time", Counter.TIME, "count", count(1000))));
    }

    /** @param app empty for all apps together */
    Series kpi(String field, String app) {
        long seed = Mix.of(Mix.of(this.seed, field), app);
        int scale = app.isEmpty() ? 30_000 : 12_000;
        Activity activity = field.equals("mau") ? Activity.level(seed, 0, scale)
                : Activity.of(seed, Long.MIN_VALUE, Long.MAX_VALUE, scale, 0);
        Counter counter = field.equals("uninstalls") ? Counter.late(100) : count(1000);
        return new Series(activity, record("time", Counter.TIME, field, counter));
    }

    private long seed(Kind kind, int index) {
        return Mix.of(Mix.of(seed, kind.ordinal()), index);
    }
}
