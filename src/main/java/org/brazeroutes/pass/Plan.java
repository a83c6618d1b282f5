package org.brazeroutes.pass;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.brazeroutes.state.StateStore.Listed;
import org.brazeroutes.stream.Stream;

/** What a pass asks Braze for: the pages of a list, or partitions, each with what it lacks. */
final class Plan {

    private static final String EMPTY = " is empty where objects were; rows stay until the next pass finds it empty too";

    private final Workspace workspace;
    private final Listings listings;
    private final Consumer<Asking> walk;

    Plan(Workspace workspace, Listings listings, Consumer<Asking> walk) {
        this.workspace = workspace;
        this.listings = listings;
        this.walk = walk;
    }

    /** The list's one partition, whose requests are its pages. */
    Partition pages(Pass pass) {
        pass.partitions(1);
        Instant readAt = workspace.clock().instant();
        return new Partition(pass, "", pages(pass.stream(), pass::restart, pages -> {
            if (!pages.counts()) {
                pass.keepRows("the list" + EMPTY);
            }
            listings.publish(pass.stream().name(), new Listing(pages.parents(), pages.counts(), readAt));
        }));
    }

    private Pages pages(Stream stream, Runnable onRestart, Consumer<Pages> onEnd) {
        Set<String> fields = workspace.streams().values().stream().filter(child -> stream.name().equals(child.parent()))
                .map(Stream::only).filter(Objects::nonNull).collect(Collectors.toSet());
        Listed before = workspace.state().listed(stream.name());
        return new Pages(stream, before, fields, onRestart, pages -> {
            Listed listed = pages.listed();
            if (!listed.equals(before)) {
                workspace.state().saveListed(stream.name(), listed);
            }
            onEnd.accept(pages);
        });
    }

    Iterator<Partition> partitions(Pass pass) {
        Stream stream = pass.stream();
        LocalDate start = start(stream);
        if (stream.kind() == Stream.Kind.SERIES && start.isAfter(workspace.braze().clock().today())) {
            pass.keepRows("the start date " + start + " lies in the future; nothing is read before it, and rows stay");
            return Collections.emptyIterator();
        }
        Listing listing = listing(pass);
        if (!listing.counts()) {
            pass.keepRows("the list of " + stream.parent() + EMPTY);
        }
        List<Parent> parents = listing.parents().stream()
                .filter(parent -> stream.only() == null || parent.fields().get(stream.only())).toList();
        pass.partitions(parents.size());
        return new Partitions(workspace, pass, parents, start);
    }

    private LocalDate start(Stream stream) {
        return workspace.options().apply(stream.name()).startDate().orElse(workspace.startDate());
    }

    private Listing listing(Pass pass) {
        Stream stream = pass.stream();
        if (stream.parent() == null) {
            List<Parent> fixed = new ArrayList<>(List.of(new Parent(Stream.TOTAL, Map.of(), null)));
            stream.values().forEach(value -> fixed.add(new Parent(value, Map.of(), null)));
            return new Listing(fixed, true, workspace.clock().instant());
        }
        Duration maxAge = workspace.options().apply(stream.parent()).period();
        return listings.get(stream.parent(), maxAge, () -> read(pass, workspace.streams().get(stream.parent())));
    }

    /** Walks the parent's list on behalf of a child, without storing it. */
    private Listing read(Pass pass, Stream parent) {
        Instant readAt = workspace.clock().instant();
        Pages pages = pages(parent, () -> { }, ended -> { });
        pass.place().enter();
        try {
            walk.accept(new ListingWalk(pass, pages));
            pages.done();
        } finally {
            pass.place().leave();
        }
        return new Listing(pages.parents(), pages.counts(), readAt);
    }
}
