package org.brazeroutes.camel;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.brazeroutes.braze.Request;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.stream.Causes;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Slices;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.brazeroutes.stream.Text;

/** The steps that begin a pass: what to ask Braze for. */
final class Steps {

    static final String PARTITION = "BrazePartition";

    private static final String EMPTY = " is empty where objects were; rows stay until the next pass finds it empty too";

    /** Partitions whose cursors are read in one query. */
    private static final int CHUNK = 500;

    private final Workspace workspace;
    private final Listings listings;
    private final Passes passes;
    private final ProducerTemplate routes;

    Steps(Workspace workspace, Listings listings, Passes passes, ProducerTemplate routes) {
        this.workspace = workspace;
        this.listings = listings;
        this.passes = passes;
        this.routes = routes;
    }

    /** The body becomes the list's one partition, whose requests are its pages. */
    void pages(Exchange exchange) {
        exchange.getMessage().setBody(passes.open(exchange).map(this::list).orElseGet(Partition::none));
    }

    private Partition list(Pass pass) {
        pass.partitions(1, true);
        Instant readAt = workspace.clock().instant();
        return new Partition(pass, "", pages(pass.stream(), pass::restart, pages -> {
            pass.listed(pages.counts());
            if (!pages.counts()) {
                pass.note("the list" + EMPTY);
            }
            listings.publish(pass.stream().name(), new Listing(pages.parents(), pages.counts(), readAt));
        }));
    }

    private Pages pages(Stream stream, Runnable onRestart, Consumer<Pages> onEnd) {
        Set<String> fields = workspace.streams().values().stream().filter(child -> stream.name().equals(child.parent()))
                .map(Stream::only).filter(Objects::nonNull).collect(Collectors.toSet());
        return new Pages(stream, workspace.state().listed(stream.name()), fields, onRestart, pages -> {
            workspace.state().saveListed(stream.name(), pages.listed());
            onEnd.accept(pages);
        });
    }

    /** The body becomes the partitions of the pass, each made when its turn comes. */
    void partitions(Exchange exchange) {
        exchange.getMessage().setBody(passes.open(exchange).map(this::partitions).orElseGet(Collections::emptyIterator));
    }

    private Iterator<Partition> partitions(Pass pass) {
        Stream stream = pass.stream();
        LocalDate start = start(stream);
        if (stream.kind() == Stream.Kind.SERIES && start.isAfter(workspace.braze().clock().today())) {
            pass.note("the start date " + start + " lies in the future; nothing is read before it, and rows stay");
            pass.listed(false);
            return Collections.emptyIterator();
        }
        Listing listing = listing(pass);
        if (!listing.counts()) {
            pass.note("the list of " + stream.parent() + EMPTY);
        }
        List<Parent> parents = listing.parents().stream()
                .filter(parent -> stream.only() == null || parent.fields().get(stream.only())).toList();
        pass.partitions(parents.size(), listing.counts());
        return new PartitionIterator(pass, parents, start);
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
        Exchange walk;
        try {
            walk = routes.request("direct:listing", exchange -> exchange.getMessage().setBody(new ListingWalk(pass, pages)));
        } finally {
            pass.place().leave();
        }
        if (walk.getException() != null) {
            throw walk.getException() instanceof RuntimeException e ? e : new IllegalStateException(Causes.line(walk.getException()), walk.getException());
        }
        return new Listing(pages.parents(), pages.counts(), readAt);
    }

    /** The partitions one after the other, with their cursors read some hundred at a time. */
    private final class PartitionIterator implements Iterator<Partition> {

        private final Pass pass;
        private final List<Parent> parents;
        private final LocalDate start;
        private final Resting resting;
        private int next;
        private Map<String, Cursor> cursors = Map.of();
        private Map<String, Map<LocalDate, String>> prints = Map.of();
        private Partition ready;

        PartitionIterator(Pass pass, List<Parent> parents, LocalDate start) {
            this.pass = pass;
            this.parents = parents;
            this.start = start;
            this.resting = new Resting(workspace.state(), pass.stream(), workspace.streams().values().stream()
                    .filter(other -> other.kind() == Stream.Kind.DETAILS && Objects.equals(other.parent(), pass.stream().parent()))
                    .filter(other -> other.column(Resting.ARCHIVED).isPresent() && workspace.options().apply(other.name()).enabled())
                    .findFirst().orElse(null));
        }

        /** Once true it stays so until next() is called: Camel asks more than once. */
        @Override
        public boolean hasNext() {
            while (ready == null && next < parents.size() && pass.running()) {
                ready = partition(next++);
            }
            return ready != null;
        }

        @Override
        public Partition next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Partition partition = ready;
            ready = null;
            return partition;
        }

        private Partition partition(int index) {
            Parent parent = parents.get(index);
            String id = parent.id();
            Stream stream = pass.stream();
            boolean incremental = stream.kind() == Stream.Kind.SERIES && pass.mode().incremental();
            if (index % CHUNK == 0) {
                List<Parent> chunk = parents.subList(index, Math.min(parents.size(), index + CHUNK));
                resting.load(chunk);
                List<String> ids = chunk.stream().map(Parent::id).map(Text::clean).toList();
                cursors = incremental ? workspace.state().cursors(stream.name(), ids) : Map.of();
                prints = pass.mode() == SyncMode.INCREMENTAL_APPEND ? workspace.state().prints(stream.name(), ids) : Map.of();
            }
            if (id.length() > Dialect.KEY_LENGTH) {
                pass.partitionFailed("the " + stream.partition() + " of " + id.length() + " characters cannot be a key ("
                        + Dialect.KEY_LENGTH + " at most); it begins with '" + id.substring(0, 20) + "'");
                return null;
            }
            Map<String, String> query = new LinkedHashMap<>(stream.query());
            if (!id.equals(Stream.TOTAL)) {
                query.put(stream.parameter(), id);
            }
            // Braze is asked by the id as it is; databases refuse some characters of it
            String stored = Text.clean(id);
            if (incremental && resting.rests(parent, cursors.get(stored), start, workspace.braze().clock().today())) {
                pass.partitionDone();
                return null;
            }
            return new Partition(pass, stored, stream.kind() == Stream.Kind.DETAILS
                    ? new Details(new Request(stream, query, stream.partition() + " " + stored), archived -> resting.note(parent, archived))
                    : days(parent, stored, query));
        }

        private Requests days(Parent parent, String id, Map<String, String> query) {
            Stream stream = pass.stream();
            int lookbackDays = workspace.options().apply(stream.name()).lookbackDays();
            boolean append = pass.mode() == SyncMode.INCREMENTAL_APPEND;
            Cursor stored = cursors.get(id);
            // stored days must stay one piece where nothing is replaced: those before a hole would come again once the start date is moved back
            LocalDate from = append && stored != null && start.isAfter(stored.last()) ? stored.last().plusDays(1) : start;
            Slices slices = new Slices(from, stored, lookbackDays, stream.maxDays(), stream.zeroFilled(), workspace.lastDay(), !append);
            Taken taken = switch (pass.mode()) {
                case INCREMENTAL_DEDUP -> Taken.all();
                case INCREMENTAL_APPEND -> new NewVersions(prints.getOrDefault(id, Map.of()),
                        workspace.braze().clock().today().minusDays(lookbackDays + 1L));
                case FULL_REFRESH_OVERWRITE, FULL_REFRESH_APPEND -> Taken.once();
            };
            Days days = new Days(stream, id, query, slices, workspace.lastDay(), workspace.braze().clock(), taken,
                    (newest, today) -> TimeZones.differing(newest, today, workspace.braze().clock()).ifPresent(pass::note));
            return parent.edited() == null || !stream.zeroFilled() || !pass.mode().incremental() ? days
                    : new QuietDays(days, stream.cursor(), workspace.braze().clock().today().minusDays(lookbackDays + 1L),
                            zero -> resting.note(parent, zero));
        }
    }
}
