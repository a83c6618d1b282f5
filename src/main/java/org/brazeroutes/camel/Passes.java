package org.brazeroutes.camel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** Begins a pass when a stream's route starts on a message, and ends it when the route is through with it. */
final class Passes extends RoutePolicySupport {

    static final String PASS = "BrazePass";

    private final Workspace workspace;
    private final Listings listings;
    private final PassListener listener;
    private final Function<Stream, SyncMode> modes;
    private final LongSupplier syncIdAtLeast;
    private final Map<String, Pass> running = new ConcurrentHashMap<>();
    private final Map<String, PassResult> results = new LinkedHashMap<>();

    Passes(Workspace workspace, Listings listings, PassListener listener, Function<Stream, SyncMode> modes, LongSupplier syncIdAtLeast) {
        this.workspace = workspace;
        this.listings = listings;
        this.listener = listener;
        this.modes = modes;
        this.syncIdAtLeast = syncIdAtLeast;
    }

    /** The pass that a message of a stream's route belongs to; empty if the stream was still busy with the one before. */
    static Optional<Pass> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PASS, Pass.class));
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (workspace.halt().stopped()) {
            return;
        }
        Stream stream = workspace.streams().get(route.getRouteId());
        Pass pass = new Pass(workspace, stream, modes.apply(stream), exchange.getExchangeId());
        if (running.putIfAbsent(stream.name(), pass) != null) {
            return;
        }
        exchange.setProperty(PASS, pass);
        if (stream.kind() == Stream.Kind.LIST) {
            listings.expect(stream.name());
        }
        listener.started(stream.name());
    }

    /** The message's pass, with its lease and its target; empty if it has none, or cannot have these. */
    Optional<Pass> open(Exchange exchange) {
        return of(exchange).filter(pass -> pass.open(syncIdAtLeast.getAsLong()));
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        // not by the property: a step of the route may have removed it
        Pass pass = running.get(route.getRouteId());
        if (pass == null || !pass.begunBy(exchange)) {
            return;
        }
        if (exchange.getException() != null) {
            pass.end(Result.FAILED, pass.stream().name() + ": " + CamelText.line(exchange.getException()));
        }
        finish(pass);
    }

    private void finish(Pass pass) {
        Optional<PassResult> finished = pass.finish();
        if (finished.isEmpty()) {
            return;
        }
        PassResult result = finished.get();
        String name = pass.stream().name();
        if (pass.stream().kind() == Stream.Kind.LIST) {
            boolean neverAsked = result.requests() == 0 && (result.result() == Result.BUSY || result.result() == Result.FAILED);
            if (neverAsked) {
                listings.withdraw(name);
            } else {
                listings.fail(name, new ParentFailedException(name, result));
            }
        }
        ended(result);
    }

    /** Gives out the result of a pass, or of a stream that could not even begin. Who sees that a pass has ended finds its result. */
    void ended(PassResult result) {
        synchronized (results) {
            results.put(result.stream(), result);
            running.remove(result.stream());
            results.notifyAll();
        }
        listener.ended(result);
    }

    /** Ends the passes that have not ended by themselves. */
    void interrupt() {
        running.values().forEach(this::finish);
    }

    /** The stream's mode as text; empty if its file cannot be used. */
    String mode(String stream) {
        return Optional.ofNullable(workspace.streams().get(stream)).map(modes).map(SyncMode::text).orElse("");
    }

    boolean runs(String stream) {
        return running.containsKey(stream);
    }

    boolean idle() {
        return running.isEmpty();
    }

    List<PassProgress> progress() {
        return running.values().stream().map(Pass::progress).toList();
    }

    /** Waits until each of these streams has ended a pass. */
    List<PassResult> await(Collection<String> streams) throws InterruptedException {
        synchronized (results) {
            while (!results.keySet().containsAll(streams) && !(workspace.halt().stopped() && idle())) {
                results.wait(200);
            }
            return streams.stream().map(results::get).filter(Objects::nonNull).toList();
        }
    }
}
