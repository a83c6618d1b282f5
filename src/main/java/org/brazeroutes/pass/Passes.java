package org.brazeroutes.pass;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** The passes of a process: each begins when its stream's route starts on a message, and ends when the route is through with it. */
public final class Passes {

    private final Workspace workspace;
    private final boolean once;
    private final Function<Stream, SyncMode> modes;
    private final PassListener listener;
    private final Listings listings;
    private final Plan plan;
    private final LongSupplier syncIdAtLeast;
    private final Map<String, Pass> running = new ConcurrentHashMap<>();
    private final Map<String, PassResult> results = new HashMap<>();

    /**
     * @param once     true for one pass of each stream, false to run until stopped
     * @param modes    each stream's mode
     * @param listener hears of each pass
     * @param walk     has Braze asked for all of a parent's list, and throws what made that fail
     */
    public Passes(Workspace workspace, boolean once, Function<Stream, SyncMode> modes, PassListener listener, Consumer<Asking> walk) {
        this.workspace = workspace;
        this.once = once;
        this.modes = modes;
        this.listener = listener;
        this.listings = new Listings(workspace.halt(), workspace.clock(), once);
        this.plan = new Plan(workspace, listings, walk);
        long first = Math.max(workspace.leases().lastSyncId() + 1, workspace.clock().millis());
        this.syncIdAtLeast = once ? () -> first : workspace.clock()::millis;
    }

    /** A pass of this list is about to begin: children wait for it, and do not read the list themselves. */
    public void expect(String list) {
        listings.expect(list);
    }

    /** Begins the stream's pass with that message; empty if the one before is still under way, or no more are to begin. */
    public Optional<Pass> begin(String name, String message) {
        if (workspace.halt().stopped()) {
            return Optional.empty();
        }
        Stream stream = workspace.streams().get(name);
        Pass pass = new Pass(workspace, stream, modes.apply(stream), message, lastNotes(name));
        if (running.putIfAbsent(name, pass) != null) {
            return Optional.empty();
        }
        if (stream.kind() == Stream.Kind.LIST) {
            expect(name);
        }
        listener.started(name);
        return Optional.of(pass);
    }

    private List<String> lastNotes(String name) {
        synchronized (results) {
            return results.containsKey(name) ? results.get(name).notes() : List.of();
        }
    }

    /** What a list needs: it is one partition. One that needs nothing if the pass cannot have the lease or the target. */
    public Partition pages(Pass pass) {
        return open(pass) ? plan.pages(pass) : Partition.none();
    }

    /** What any other stream needs, each partition made when its turn comes. None if the pass cannot have the lease or the target. */
    public Iterator<Partition> partitions(Pass pass) {
        return open(pass) ? plan.partitions(pass) : Collections.emptyIterator();
    }

    private boolean open(Pass pass) {
        return pass.open(syncIdAtLeast.getAsLong(), !once);
    }

    /**
     * Ends the stream's pass if that message began it.
     *
     * @param failure what the route did not handle, in a line, or null
     */
    public void end(String name, String message, String failure) {
        Pass pass = running.get(name);
        if (pass == null || !pass.begunBy(message)) {
            return;
        }
        if (failure != null) {
            pass.end(Result.FAILED, name + ": " + failure);
        }
        finish(pass);
    }

    private void finish(Pass pass) {
        pass.finish().ifPresent(result -> {
            if (pass.stream().kind() == Stream.Kind.LIST) {
                endList(pass, result);
            }
            ended(result);
        });
    }

    /** Its children wait for it no more. Where Braze was not the reason each may still read the list for itself. */
    private void endList(Pass pass, PassResult result) {
        if (pass.failedAtBraze() || result.result() == Result.INTERRUPTED) {
            listings.fail(result.stream(), new ParentFailedException(result));
        } else {
            listings.withdraw(result.stream());
        }
    }

    /** The stream does not run, as its route file says. */
    public void leftOut(String stream, String why) {
        notBegun(stream, Result.SKIPPED, null, List.of(why));
    }

    /** The stream cannot run: its route file cannot be used. */
    public void cannotRun(String stream) {
        String error = stream + ": its route file cannot be used";
        listings.fail(stream, new IllegalStateException(error));
        notBegun(stream, Result.FAILED, error, List.of());
    }

    /** Without a mode if its file cannot be used. */
    private void notBegun(String stream, Result result, String error, List<String> notes) {
        String mode = Optional.ofNullable(workspace.streams().get(stream)).map(modes).map(SyncMode::text).orElse("");
        ended(PassResult.notBegun(stream, mode, result, error, notes));
    }

    /** Who sees that a pass has ended finds its result. */
    private void ended(PassResult result) {
        synchronized (results) {
            results.put(result.stream(), result);
            running.remove(result.stream());
            results.notifyAll();
        }
        listener.ended(result);
    }

    /** Ends the passes that have not ended by themselves. */
    public void interrupt() {
        running.values().forEach(this::finish);
    }

    /** True while the stream has a pass under way. */
    public boolean runs(String stream) {
        return running.containsKey(stream);
    }

    /** True while no stream has. */
    public boolean idle() {
        return running.isEmpty();
    }

    /** Where those stand that are under way. */
    public List<PassProgress> progress() {
        return running.values().stream().map(Pass::progress).toList();
    }

    /** Waits until each of these streams has ended a pass, or the process is being stopped and all have. */
    public List<PassResult> await(Collection<String> streams) throws InterruptedException {
        synchronized (results) {
            while (!results.keySet().containsAll(streams) && !(workspace.halt().stopped() && idle())) {
                results.wait(200);
            }
            return streams.stream().map(results::get).filter(Objects::nonNull).toList();
        }
    }
}
