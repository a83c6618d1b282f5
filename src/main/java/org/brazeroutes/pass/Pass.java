package org.brazeroutes.pass;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.brazeroutes.braze.Call;
import org.brazeroutes.braze.Request;
import org.brazeroutes.braze.StoppedException;
import org.brazeroutes.sink.StreamWriter;
import org.brazeroutes.sink.Written;
import org.brazeroutes.state.SyncRecord;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass of one stream, from its timer to its result. Its threads share it. */
public final class Pass {

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final Workspace workspace;
    private final Stream stream;
    private final SyncMode mode;
    private final String begunBy;
    private final Instant started;
    private final Place place;
    private final Outcome outcome;
    private final PassCaller caller;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong misfits = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    /** Begun by the route, and neither ended nor handed to direct:failed. */
    private final Set<Partition> open = ConcurrentHashMap.newKeySet();
    private final long startedNanos = System.nanoTime();
    private volatile long partitions;
    private volatile boolean keepsRows;
    private volatile boolean failedAtBraze;
    /** True once the route has taken all partitions. */
    private volatile boolean allGiven;
    private long syncId;
    private StreamWriter writer;
    private volatile boolean ended;
    /** The oldest and the newest of the partitions, or null; not known before the end. */
    private Cursor cursors;

    /**
     * @param message the id of the one that begins it
     * @param known   what the stream's last pass noted, which is not told again
     */
    Pass(Workspace workspace, Stream stream, SyncMode mode, String message, List<String> known) {
        this.workspace = workspace;
        this.stream = stream;
        this.mode = mode;
        this.begunBy = message;
        this.started = workspace.clock().instant();
        this.place = new Place(workspace.places());
        this.outcome = new Outcome(stream, known);
        this.caller = new PassCaller(stream, started, workspace.halt(), place, outcome);
    }

    /**
     * Takes the stream's lease and makes its target ready; false, with the result set, if that cannot be.
     *
     * @param patient true to wait for a lease whose owner may be dead: the next pass may be a day away
     */
    boolean open(long syncIdAtLeast, boolean patient) {
        workspace.halt().check();
        Optional<Long> taken = patient ? workspace.leases().takeFromDead(stream.name(), syncIdAtLeast, workspace.halt()::sleep)
                : workspace.leases().take(stream.name(), syncIdAtLeast);
        if (taken.isEmpty()) {
            end(Result.BUSY, stream.name() + ": another process is busy with this stream");
            return false;
        }
        syncId = taken.get();
        workspace.choices().begin(stream, mode);
        writer = workspace.sink().open(stream, mode, syncId, new LeasedCheckpoints(workspace, stream, mode, outcome));
        return true;
    }

    boolean begunBy(String message) {
        return begunBy.equals(message);
    }

    Stream stream() {
        return stream;
    }

    SyncMode mode() {
        return mode;
    }

    Place place() {
        return place;
    }

    /** False once something ended the whole pass: partitions that are left are not begun. */
    boolean running() {
        return outcome.open() && !workspace.halt().stopped();
    }

    Call call(Request request) {
        return workspace.braze().call(request, caller);
    }

    void partitions(long count) {
        partitions = count;
    }

    void read(int count) {
        records.addAndGet(count);
    }

    /** Stores records with their checkpoint, as long as this process has the stream. */
    void write(List<Map<String, Object>> batch, Checkpoint checkpoint) {
        if (ended) {
            throw new StoppedException();
        }
        add(writer.write(batch, checkpoint));
    }

    private void add(Written written) {
        rows.addAndGet(written.rows());
        misfits.addAndGet(written.misfits());
        written.refused().forEach(outcome::recordRefused);
    }

    /** What this pass does not read stays in the target all the same. */
    void keepRows(String why) {
        note(why);
        keepsRows = true;
    }

    /** The list is walked anew. */
    void restart() {
        records.set(0);
        misfits.set(0);
        writer.restart();
    }

    void allGiven() {
        allGiven = true;
    }

    void begun(Partition partition) {
        open.add(partition);
    }

    void left(Partition partition) {
        open.remove(partition);
    }

    /** One partition is through, whatever became of it. */
    void partitionDone() {
        done.incrementAndGet();
    }

    /** One partition failed; the others go on. */
    void partitionFailed(String message) {
        outcome.partitionsFailed(1, message);
    }

    /** Something that it asked Braze for did not come. */
    void failAtBraze() {
        failedAtBraze = true;
    }

    boolean failedAtBraze() {
        return failedAtBraze;
    }

    /** Braze does not know this partition any more: warned of once. */
    void partitionGone(String partition, String message) {
        outcome.partitionGone(message);
        writer.keep(partition);
        if (workspace.state().saveGone(stream.name(), partition)) {
            LOG.warn("{}: {} is gone{}, its rows {} ({})", stream.name(), stream.shown(partition),
                    stream.values().isEmpty() || partition.isEmpty() ? "" : " or never was, see braze.app-ids",
                    mode == SyncMode.FULL_REFRESH_OVERWRITE ? "are left out" : "stay", message);
        }
    }

    void note(String note) {
        outcome.note(note);
    }

    /** Ends the whole pass; what is stored stays. The first ending counts. */
    void end(Result result, String why) {
        outcome.end(result, why, null);
    }

    /** @param of the stream that ended before, and this one with it */
    void end(Result result, String why, String of) {
        outcome.end(result, why, of);
    }

    /**
     * Ends the pass: moves what was staged, writes the history, gives the stream free. Empty if it has ended before. It
     * never throws: what fails now is the pass's result.
     */
    Optional<PassResult> finish() {
        synchronized (this) {
            if (ended) {
                return Optional.empty();
            }
            ended = true;
        }
        attempt(this::countUnread);
        attempt(this::moveStaged);
        // before anything else needs a connection: its own are as many as some users have
        if (writer != null) {
            attempt(writer::close);
        }
        if (syncId > 0) {
            attempt(this::readCursors);
            attempt(this::saveHistory);
        }
        attempt(() -> workspace.leases().release(stream.name()));
        place.leaveForGood();
        return Optional.of(summary());
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            outcome.broken(e);
        }
    }

    /** The pass is not complete if its route, edited or with an errors.yaml that notes no failure, left partitions before their ends. */
    private void countUnread() {
        if (!running()) {
            return;
        }
        if (writer == null) {
            end(Result.FAILED, stream.name() + ": its route has not reached direct:pages or direct:partitions, with which a pass begins");
            return;
        }
        boolean list = stream.kind() == Stream.Kind.LIST;
        long unread = partitions - done.get() - open.size();
        for (Partition partition : open) {
            if (list || !partition.complete()) {
                partitionFailed((list ? "the list" : stream.shown(partition.id())) + " was left by the route before its end; "
                        + "a failure must reach direct:failed, see errors.yaml");
            }
        }
        if (unread > 0 && list) {
            partitionFailed("the route did not read the list");
        } else if (unread > 0 && (!allGiven || unread == partitions && removes())) {
            outcome.partitionsFailed(unread,
                    "the route read only " + (partitions - unread) + " of " + partitions + " partitions before its end");
        } else if (unread > 0) {
            note(unread + " of " + partitions + " partitions were left out by the route");
        }
    }

    /** True if the target loses what a complete pass has not read. */
    private boolean removes() {
        return stream.kind() != Stream.Kind.SERIES || !mode.incremental();
    }

    private void moveStaged() {
        Result result = outcome.settle(partitions, workspace.halt().stopped());
        if (writer != null && result != Result.BUSY && (result != Result.INTERRUPTED || mode == SyncMode.INCREMENTAL_APPEND)) {
            add(writer.finish(outcome.whole() && !keepsRows));
        }
    }

    private void readCursors() {
        cursors = stream.kind() == Stream.Kind.SERIES ? workspace.state().cursorRange(stream.name()) : null;
    }

    private void saveHistory() {
        PassResult summary = summary();
        workspace.state().history().save(new SyncRecord(stream.name(), syncId, mode.text(), summary.result().text(), summary.records(),
                summary.rows(), summary.requests(), summary.retries(), summary.rateLimitWaitMs(), started,
                workspace.clock().instant(), summary.cursorMin(), summary.cursorMax(), summary.error()));
    }

    private PassResult summary() {
        Result result = outcome.result();
        return new PassResult(stream.name(), mode.text(), result, records.get(), rows.get(), caller.requests(), caller.retries(),
                caller.waits().rateLimit().toMillis(), Duration.ofNanos(System.nanoTime() - startedNanos).toMillis(),
                cursors == null ? null : cursors.first(), cursors == null ? null : cursors.last(),
                result == Result.INTERRUPTED ? stream.name() + ": stopped; run again to go on" : outcome.error(), outcome.told(),
                outcome.because(), closingNotes());
    }

    private List<String> closingNotes() {
        return outcome.notes(partitions, misfits.get());
    }

    PassProgress progress() {
        return new PassProgress(stream.name(), partitions, done.get(), records.get(), caller.requests(), caller.waits().until());
    }
}
