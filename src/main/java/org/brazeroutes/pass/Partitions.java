package org.brazeroutes.pass;

import java.time.LocalDate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.brazeroutes.braze.Request;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Slices;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** The partitions one after the other, with their cursors read some hundred at a time. */
final class Partitions implements Iterator<Partition> {

    /** Partitions whose cursors are read in one query. */
    private static final int CHUNK = 500;

    private final Workspace workspace;
    private final Pass pass;
    private final List<Parent> parents;
    private final LocalDate start;
    private final Resting resting;
    private int next;
    private Map<String, Cursor> cursors = Map.of();
    private Map<String, Map<LocalDate, String>> prints = Map.of();
    private Partition ready;

    Partitions(Workspace workspace, Pass pass, List<Parent> parents, LocalDate start) {
        this.workspace = workspace;
        this.pass = pass;
        this.parents = parents;
        this.start = start;
        this.resting = new Resting(workspace.state(), pass.stream(), workspace.streams().values().stream()
                .filter(other -> other.kind() == Stream.Kind.DETAILS && Objects.equals(other.parent(), pass.stream().parent()))
                .filter(other -> other.column(Resting.ARCHIVED).isPresent() && workspace.options().apply(other.name()).enabled())
                .findFirst().orElse(null));
    }

    /**
     * Once true it stays so until next() is called: Camel asks more than once. It never throws, for Camel would end the pass with
     * partitions still at work.
     */
    @Override
    public boolean hasNext() {
        try {
            while (ready == null && next < parents.size() && pass.running()) {
                ready = partition(next++);
            }
            if (ready == null && next == parents.size()) {
                pass.allGiven();
            }
        } catch (RuntimeException e) {
            Failures.note(pass, null, e);
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
        if (next == parents.size()) {
            pass.allGiven();
        }
        return partition;
    }

    private Partition partition(int index) {
        if (index % CHUNK == 0) {
            load(parents.subList(index, Math.min(parents.size(), index + CHUNK)));
        }
        Parent parent = parents.get(index);
        String id = parent.id();
        Stream stream = pass.stream();
        if (id.length() > Dialect.KEY_LENGTH) {
            pass.partitionDone();
            pass.partitionFailed("the " + stream.partition() + " of " + id.length() + " characters cannot be a key ("
                    + Dialect.KEY_LENGTH + " at most); it begins with '" + id.substring(0, 20) + "'");
            return null;
        }
        Map<String, String> query = new LinkedHashMap<>(stream.query());
        if (!id.equals(Stream.TOTAL)) {
            query.put(stream.parameter(), id);
        }
        String stored = parent.key();
        if (incremental() && resting.rests(parent, cursors.get(stored), start, today())) {
            pass.partitionDone();
            return null;
        }
        return new Partition(pass, stored, stream.kind() == Stream.Kind.DETAILS
                ? new Details(new Request(stream, query, stream.partition() + " " + stored), resting.note(parent))
                : days(parent, stored, query));
    }

    private void load(List<Parent> chunk) {
        String stream = pass.stream().name();
        resting.load(chunk);
        List<String> ids = chunk.stream().map(Parent::key).toList();
        cursors = incremental() ? workspace.state().cursors(stream, ids) : Map.of();
        prints = pass.mode() == SyncMode.INCREMENTAL_APPEND ? workspace.state().prints(stream, ids) : Map.of();
    }

    private boolean incremental() {
        return pass.stream().kind() == Stream.Kind.SERIES && pass.mode().incremental();
    }

    /** The first day that a later pass may ask again, also if this one does not get beyond the days that are stored. */
    private LocalDate askedAgain(Cursor stored, int lookbackDays) {
        LocalDate today = today();
        return (stored != null && stored.last().isBefore(today) ? stored.last() : today).minusDays(lookbackDays + 1L);
    }

    private LocalDate today() {
        return workspace.braze().clock().today();
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
            case INCREMENTAL_APPEND -> new NewVersions(prints.getOrDefault(id, Map.of()), askedAgain(stored, lookbackDays));
            case FULL_REFRESH_OVERWRITE, FULL_REFRESH_APPEND -> Taken.once();
        };
        Days days = new Days(stream, id, query, slices, workspace.lastDay(), workspace.braze().clock(), taken, pass::note);
        return parent.edited() == null || !stream.zeroFilled() || !pass.mode().incremental() ? days
                : new QuietDays(days, stream.cursor(), today().minusDays(lookbackDays + 1L), resting.note(parent));
    }
}
