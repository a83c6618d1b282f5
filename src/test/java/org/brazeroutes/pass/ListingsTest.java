package org.brazeroutes.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whose end of a pass a child's list depends on. */
class ListingsTest {

    private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
    private static final Listing OLD = listing("old", NOW.minusSeconds(7200));
    private static final Listing NEW = listing("new", NOW);
    private static final Supplier<Listing> NOT_READ = () -> {
        throw new AssertionError("it is there");
    };

    private final Listings listings = new Listings(new Halt(), Clock.fixed(NOW, ZoneOffset.UTC), false);

    @Test
    void aParentThatEndsWhileAChildReadsDoesNotEndTheReading() {
        listings.expect("segments");
        listings.publish("segments", OLD);
        assertThat(get(() -> {
            listings.fail("segments", new IllegalStateException("the parent's pass ended as complete"));
            listings.withdraw("segments");
            return NEW;
        })).isSameAs(NEW);
        assertThat(get(NOT_READ)).isSameAs(NEW);
    }

    @Test
    void aParentThatBeginsWhileAChildReadsIsNotWaitedFor() {
        assertThat(get(() -> {
            listings.expect("segments");
            listings.fail("segments", new IllegalStateException("the parent's pass failed"));
            return NEW;
        })).isSameAs(NEW);
    }

    @Test
    void aParentThatFailsBeforeItGaveItsListOutFailsTheChildren() {
        listings.expect("segments");
        listings.fail("segments", new IllegalStateException("no list"));
        assertThat(get(() -> NEW)).as("the next pass reads it itself").isSameAs(NEW);
        Listings once = new Listings(new Halt(), Clock.fixed(NOW, ZoneOffset.UTC), true);
        once.expect("segments");
        once.fail("segments", new IllegalStateException("no list"));
        assertThatThrownBy(() -> once.get("segments", Duration.ofHours(1), NOT_READ)).hasMessage("no list");
    }

    @Test
    void aListThatIsReadInTheFutureByAClockThatWasSetBackSinceIsReadAnew() {
        assertThat(get(() -> listing("read", NOW.plusSeconds(1)))).isNotNull();
        assertThat(get(() -> NEW)).isSameAs(NEW);
        assertThat(get(NOT_READ)).isSameAs(NEW);
    }

    private Listing get(Supplier<Listing> read) {
        return listings.get("segments", Duration.ofHours(1), read);
    }

    private static Listing listing(String id, Instant readAt) {
        return new Listing(List.of(new Parent(id, Map.of(), null)), true, readAt);
    }
}
