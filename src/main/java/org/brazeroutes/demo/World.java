package org.brazeroutes.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The content of one Braze workspace: deterministic from its seed and sizes, and changed only by the methods here
 * and by the passing of time on its clock. Thread safe. Unknown ids and streams are {@link IllegalArgumentException}s.
 */
public final class World {
    private final Clock clock;
    private final ZoneId zone;
    private final List<String> apps;
    private final ItemFactory factory;
    private final Stamps stamps;
    private final Map<Kind, Map<String, Item>> items = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> made = new EnumMap<>(Kind.class);
    private final Map<String, Series> kpis = new LinkedHashMap<>();
    private final Corrections corrections = new Corrections();
    /** Sorted; null after a change. */
    private List<String> eventNames;

    World(WorldBuilder builder) {
        this.clock = builder.clock;
        this.zone = builder.zone;
        this.apps = List.copyOf(builder.apps);
        this.factory = new ItemFactory(builder.seed, zone);
        this.stamps = new Stamps(zone);
        for (Kind kind : Kind.values()) {
            items.put(kind, new LinkedHashMap<>());
        }
        for (Endpoint endpoint : Endpoint.kpis()) {
            kpis.put(endpoint.stream() + "\n", factory.kpi(endpoint.valueField(), ""));
            apps.forEach(app -> kpis.put(endpoint.stream() + "\n" + app, factory.kpi(endpoint.valueField(), app)));
        }
    }

    /** Sizes, seed, clock and zone; {@code World.builder().build()} is a small world with some of everything. */
    public static WorldBuilder builder() {
        return new WorldBuilder();
    }

    public Clock clock() {
        return clock;
    }

    /** The company's time zone, whose calendar days are the buckets of all daily series. */
    public ZoneId zone() {
        return zone;
    }

    public LocalDate today() {
        return LocalDate.now(clock.withZone(zone));
    }

    /** Ids in order of creation, archived ones included. */
    public List<String> campaignIds() {
        return ids(Kind.CAMPAIGN);
    }

    public List<String> canvasIds() {
        return ids(Kind.CANVAS);
    }

    public List<String> segmentIds() {
        return ids(Kind.SEGMENT);
    }

    public List<String> cardIds() {
        return ids(Kind.CARD);
    }

    /** In the order of the alphabet, as Braze lists them. */
    public synchronized List<String> eventNames() {
        if (eventNames == null) {
            eventNames = items.get(Kind.EVENT).keySet().stream().sorted().toList();
        }
        return eventNames;
    }

    public List<String> appIds() {
        return apps;
    }

    /** Adds a campaign that is created now and sends through these channels; without channels, email. Returns its id. */
    public String addCampaign(String name, String... channels) {
        CampaignForm form = CampaignForm.of(channels.length == 0 ? new String[] {"email"} : channels);
        return addCampaign(name, clock.instant(), form);
    }

    public String addCanvas(String name) {
        return addCanvas(name, clock.instant(), 0);
    }

    public String addSegment(String name, boolean tracked) {
        return addSegment(name, clock.instant(), tracked);
    }

    public String addCard(String title) {
        return addCard(title, clock.instant(), false);
    }

    public void addEvent(String name) {
        addEvent(name, clock.instant());
    }

    synchronized String addCampaign(String name, Instant created, CampaignForm form) {
        return add(factory.campaign(next(Kind.CAMPAIGN), name, created, form));
    }

    synchronized String addCanvas(String name, Instant created, int form) {
        return add(factory.canvas(next(Kind.CANVAS), name, created, form));
    }

    synchronized String addSegment(String name, Instant created, boolean tracked) {
        return add(factory.segment(next(Kind.SEGMENT), name, created, tracked));
    }

    synchronized String addCard(String title, Instant created, boolean archived) {
        return add(factory.card(next(Kind.CARD), title, created, archived));
    }

    synchronized void addEvent(String name, Instant created) {
        add(factory.event(name, created));
    }

    /** Takes an object out of the default lists (a segment out of all lists); details and series stay readable. */
    public void archive(String id) {
        change(id, item -> item.archived(true));
    }

    public void unarchive(String id) {
        change(id, item -> item.archived(false));
    }

    /** Removes an object, or an event by its name; from now on the API does not know it. */
    public synchronized void delete(String id) {
        items.get(find(id).kind()).remove(id);
        eventNames = null;
    }

    /** Gives a campaign, canvas, segment or card another name, which is an edit. */
    public void rename(String id, String name) {
        change(id, item -> edited(item.kind() == Kind.CARD ? item.withListed("title", name)
                : item.withListed("name", name).withDetail("name", name)));
    }

    /** Gives an object other tags, which is an edit. */
    public void tag(String id, List<String> tags) {
        change(id, item -> {
            Item listed = item.withListed("tags", tags);
            return edited(item.kind() == Kind.CARD ? listed : listed.withDetail("tags", tags));
        });
    }

    /** Switches a segment's analytics on; its sizes are known from today on. */
    public void track(String segmentId) {
        change(segmentId, item -> ItemFactory.tracked(item, today().toEpochDay()));
    }

    /**
     * Puts any JSON value (also one of a wrong type) into one record of a list or details stream. No edit: neither
     * {@code last_edited} nor {@code updated_at} changes.
     */
    public void override(String stream, String id, String field, Object value) {
        change(id, item -> isDetails(stream, item) ? item.withDetail(field, value) : item.withListed(field, value));
    }

    /** Takes a field out of one record of a list or details stream. */
    public void remove(String stream, String id, String field) {
        change(id, item -> isDetails(stream, item) ? item.withoutDetail(field) : item.withoutListed(field));
    }

    /**
     * Puts any JSON value into one daily row.
     *
     * @param objectId the parent's id, an event's name, or for KPIs an app id or "" for the total
     * @param field    a field's name, also a new one, or a JSON pointer such as {@code /total_stats/entries}
     */
    public void correct(String stream, String objectId, LocalDate day, String field, Object value) {
        JsonNode node = Json.node(value);
        corrections.change(stream, objectId, day.toEpochDay(), field, old -> node);
    }

    /** Adds to an integer of one daily row, absent ones counting as 0. */
    public void add(String stream, String objectId, LocalDate day, String field, long more) {
        corrections.change(stream, objectId, day.toEpochDay(), field,
                old -> BigIntegerNode.valueOf(old.bigIntegerValue().add(BigInteger.valueOf(more))));
    }

    /** Takes a field out of one daily row. */
    public void remove(String stream, String objectId, LocalDate day, String field) {
        corrections.change(stream, objectId, day.toEpochDay(), field, old -> null);
    }

    /**
     * What the workspace holds for a stream: every record in Braze's own values, with the parent's id in
     * {@code campaign_id}, {@code canvas_id}, {@code card_id}, {@code segment_id} or {@code event_name}, with
     * {@code app_id} ("" for the total) on KPI rows, and without the status word {@code message} on details.
     * Integers are Integer, Long or BigInteger, decimals BigDecimal.
     *
     * @param from first day of a daily stream, ignored by the others
     * @param to   last day, included; today's row is as partial as it is now
     * @return rows of all objects that the lists show with {@code include_archived=true}, of segments only the tracked
     *         ones; all days, also idle ones of cards, which the API leaves out
     */
    public List<Map<String, Object>> records(String stream, LocalDate from, LocalDate to) {
        return new Oracle(this).records(stream, from.toEpochDay(), to.toEpochDay());
    }

    Now now() {
        return Now.at(clock.instant(), zone);
    }

    synchronized List<Item> items(Kind kind) {
        return List.copyOf(items.get(kind).values());
    }

    /** Null if there is none. */
    synchronized Item item(Kind kind, String id) {
        return items.get(kind).get(id);
    }

    /** Null for an app the workspace does not have. */
    Series kpi(String stream, String app) {
        return kpis.get(stream + "\n" + app);
    }

    void writeRow(JsonBytes out, String stream, String id, Series series, long day, Now now, Set<String> hidden, int order) {
        if (!corrections.touch(stream, id, day)) {
            series.writeDay(out, day, now, hidden, order);
            return;
        }
        JsonBytes plain = new JsonBytes();
        series.writeDay(plain, day, now, hidden, order);
        ObjectNode row = Json.object(plain.array(), plain.length());
        corrections.apply(stream, id, day, row);
        out.put(Json.bytes(row));
    }

    private List<String> ids(Kind kind) {
        return items(kind).stream().map(Item::id).toList();
    }

    private int next(Kind kind) {
        return made.merge(kind, 1, Integer::sum) - 1;
    }

    private String add(Item item) {
        items.get(item.kind()).put(item.id(), item);
        eventNames = null;
        return item.id();
    }

    private synchronized void change(String id, UnaryOperator<Item> change) {
        Item item = find(id);
        items.get(item.kind()).put(id, change.apply(item));
    }

    private Item find(String id) {
        return items.values().stream().filter(map -> map.containsKey(id)).map(map -> map.get(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the world holds no " + id));
    }

    private Item edited(Item item) {
        String now = stamps.text(clock.instant(), false);
        Item listed = item.listed().containsKey("last_edited") ? item.withListed("last_edited", now) : item;
        return item.details().containsKey("updated_at") ? listed.withDetail("updated_at", now) : listed;
    }

    private static boolean isDetails(String stream, Item item) {
        if (stream.equals(item.kind().details())) {
            return true;
        }
        if (stream.equals(item.kind().stream())) {
            return false;
        }
        throw new IllegalArgumentException(item.id() + " has no record in " + stream);
    }
}
