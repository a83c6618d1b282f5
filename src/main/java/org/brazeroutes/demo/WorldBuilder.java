package org.brazeroutes.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Sizes and settings of a {@link World}. Objects are created from 1 January three years before the clock's year to
 * August before it, so that a world stays the same during a year.
 */
public final class WorldBuilder {
    long seed = 1;
    Clock clock = Clock.systemUTC();
    ZoneId zone = ZoneOffset.UTC;
    List<String> apps = List.of("app-ios", "app-android");
    private int campaigns = 40;
    private int canvases = 6;
    private int segments = 8;
    private int events = 30;
    private int cards = 5;

    WorldBuilder() {
    }

    public WorldBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Tells what "today" is and how far it has gone. */
    public WorldBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** The company's time zone. */
    public WorldBuilder zone(ZoneId zone) {
        this.zone = zone;
        return this;
    }

    /** Apps whose KPIs can be asked for one by one. */
    public WorldBuilder apps(String... ids) {
        this.apps = List.of(ids);
        return this;
    }

    /** Twenty campaigns hold one of each form: every channel, control group, draft, archived and so on. */
    public WorldBuilder campaigns(int count) {
        this.campaigns = count;
        return this;
    }

    public WorldBuilder canvases(int count) {
        this.canvases = count;
        return this;
    }

    /** Every fourth one is not tracked. */
    public WorldBuilder segments(int count) {
        this.segments = count;
        return this;
    }

    /** The first thirteen have hostile names. */
    public WorldBuilder events(int count) {
        this.events = count;
        return this;
    }

    public WorldBuilder cards(int count) {
        this.cards = count;
        return this;
    }

    /** No objects at all; KPIs remain. */
    public WorldBuilder empty() {
        return campaigns(0).canvases(0).segments(0).events(0).cards(0);
    }

    public World build() {
        World world = new World(this);
        for (int i = 0; i < campaigns; i++) {
            world.addCampaign(Names.of("campaign", i), created(1, i, campaigns),
                    CampaignForm.ALL.get(i % CampaignForm.ALL.size()));
        }
        for (int i = 0; i < canvases; i++) {
            world.addCanvas(Names.of("canvas", i), created(2, i, canvases), i);
        }
        for (int i = 0; i < segments; i++) {
            world.addSegment(Names.of("segment", i), created(3, i, segments), i % 4 != 3);
        }
        for (int i = 0; i < cards; i++) {
            world.addCard(Names.of("card", i), created(4, i, cards), i % 5 == 3);
        }
        for (int i = 0; i < events; i++) {
            world.addEvent(Names.event(i), created(5, i, events));
        }
        return world;
    }

    /** Ascending over 950 days, as lists are in order of creation. */
    private Instant created(int kind, int index, int count) {
        LocalDate start = LocalDate.of(LocalDate.now(clock.withZone(ZoneOffset.UTC)).getYear() - 3, 1, 1);
        long seconds = index * 950L * 86_400 / count + Mix.below(950 * 86_400 / count, Mix.of(seed, kind), index);
        return start.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(seconds);
    }
}
