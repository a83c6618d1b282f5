package org.brazeroutes.camel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.apache.camel.ProducerTemplate;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.braze.BrazeClock;
import org.brazeroutes.braze.Bucket;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.H2File;
import org.brazeroutes.database.Patience;
import org.brazeroutes.pass.Choices;
import org.brazeroutes.pass.Halt;
import org.brazeroutes.pass.PassListener;
import org.brazeroutes.pass.PassProgress;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Passes;
import org.brazeroutes.pass.Result;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.pass.Workspace;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.sink.Sink;
import org.brazeroutes.sink.SinkException;
import org.brazeroutes.state.Leases;
import org.brazeroutes.state.Owner;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.LastDay;
import org.brazeroutes.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs in a process that syncs: Camel, the target, the state, and the passes of the streams. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** A file that was not closed takes longer, and a server that is just starting. */
    private static final Duration USUAL_OPENING = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final EngineOptions options;
    private final CamelRuntime runtime;
    private final Catalogue catalogue;
    private final Database database;
    private final Workspace workspace;
    private final Passes passes;
    private final StreamRoutes routes;
    private final Heartbeat heartbeat;

    /**
     * Opens the target and starts Camel, but no stream yet. Throws StartException if the settings do not fit what is stored,
     * DatabaseException if the target cannot be opened, BusyException if another process has it.
     *
     * @param once true for one pass of each stream, false to run until stopped
     */
    public Engine(EngineOptions options, boolean once, PassListener listener) {
        this.options = options;
        this.runtime = new CamelRuntime(options);
        this.catalogue = runtime.read(options);
        Schedule schedule = new Schedule(once, options.streams(), options.braze().timeZone());
        if (catalogue.streams().keySet().stream().anyMatch(schedule::byCron)) {
            runtime.cronThreads(catalogue.streams().size());
        }
        Observation observation = new Observation(listener);
        this.database = startWithDatabase(observation);
        try {
            this.workspace = workspace();
            ProducerTemplate template = runtime.context().createProducerTemplate();
            this.passes = new Passes(workspace, once, stream -> Modes.of(options, stream), observation, list -> SharedRoutes.walk(template, list));
            this.routes = new StreamRoutes(catalogue, runtime, passes, schedule);
            recover();
            runtime.context().getRegistry().bind(SliceRepository.BEAN, new SliceRepository(workspace.state()));
            runtime.context().addRoutes(new SharedRoutes(passes));
            this.heartbeat = new Heartbeat(runtime.context(), workspace, passes, database);
            observation.begin(runtime.context(), workspace.braze(), heartbeat::databaseAnswers, this::lastComplete);
            heartbeat.start();
        } catch (Exception e) {
            runtime.close();
            database.close();
            throw e instanceof RuntimeException runtimeException ? runtimeException : new IllegalStateException(e);
        }
    }

    /** Of the streams that are to run; the beginning of time for one that never came to a complete pass, though Braze has not retired it. */
    private Map<String, Instant> lastComplete() {
        Map<String, Instant> ended = workspace.state().history().lastEnded(Result.COMPLETE.text());
        Map<String, Instant> last = new HashMap<>();
        for (Stream stream : catalogue.streams().values()) {
            Instant complete = ended.getOrDefault(stream.name(), stream.retired() == null ? Instant.EPOCH : null);
            if (complete != null && options.streams().apply(stream.name()).enabled()) {
                last.put(stream.name(), complete);
            }
        }
        return last;
    }

    /** Starts Camel while the database opens: each takes a while, and neither needs the other. */
    private Database startWithDatabase(Observation observation) {
        CompletableFuture<Database> opening = new CompletableFuture<>();
        try {
            check(options, catalogue, runtime);
            options.http().ifPresent(Engine::checkPort);
            // in a thread of its own: the common pool may have one only, with something else in it
            opening.completeAsync(() -> Database.open(options.database()), task -> new Thread(task, "database-open").start());
            observation.addChecks(runtime.context());
            runtime.start(new BrazeHttp(options.braze()));
            return opened(opening);
        } catch (Exception e) {
            opening.thenAccept(Database::close);
            runtime.close();
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw cause instanceof RuntimeException why ? why : new IllegalStateException(cause);
        }
    }

    private Database opened(CompletableFuture<Database> opening) throws Exception {
        try {
            return opening.get(USUAL_OPENING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            LOG.info("waiting for {} to open", options.database().shown());
            return opening.get();
        }
    }

    /** What can be known before anything is opened or written. */
    static void check(EngineOptions options, Catalogue catalogue, CamelRuntime runtime) {
        Modes.check(options, catalogue.streams().values());
        if (options.sink() instanceof SinkOptions.Endpoint endpoint) {
            SinkEndpoint.requireRoute(runtime.context(), endpoint, catalogue.beginnings(runtime.context()), catalogue.errors());
        }
    }

    /** The server that Camel starts only logs it when its port is taken. */
    private static void checkPort(EngineOptions.Http http) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            InetSocketAddress address = new InetSocketAddress(http.host(), http.port());
            if (address.isUnresolved()) {
                throw new StartException("http.host " + http.host() + " is unknown; set an address of this machine, such as 127.0.0.1");
            }
            socket.bind(address);
        } catch (IOException e) {
            throw new StartException("http.port " + http.port() + " on " + http.host() + " cannot be served: " + e.getMessage()
                    + "; set another http.port, or 0 for none");
        }
    }

    private Workspace workspace() {
        BrazeClock clock = new BrazeClock(options.clock(), options.braze().timeZone());
        StateStore state = StateStore.open(database);
        Choices choices = new Choices(state, options.braze().timeZone());
        choices.sameWorkspace(options.braze().endpoint().getHost(), options.clock().instant(), options.sink().elsewhere());
        if (options.sink() instanceof SinkOptions.Files files) {
            choices.files(files.files(), catalogue.streams().values());
        } else {
            choices.target(options.sink() instanceof SinkOptions.Endpoint endpoint ? endpoint.target() : "tables");
        }
        Halt halt = new Halt();
        Braze braze = braze(options.braze(), clock);
        Sink sink = Sinks.open(options, database, runtime.context(), braze::backOff, halt);
        return new Workspace(catalogue.streams(), options.streams(), choices.startDate(options.startDate(), clock.today()),
                braze, sink, state, choices, new Leases(database, Owner.self()),
                new Semaphore(options.parallelStreams(), true), new LastDay(), halt, options.clock());
    }

    static Braze braze(BrazeOptions options, BrazeClock clock) {
        RandomGenerator random = RandomGenerator.getDefault();
        Map<String, Bucket> buckets = new HashMap<>();
        options.buckets().forEach((name, limit) -> buckets.put(name, new Bucket(limit.requests(), limit.window(), options.share(), random)));
        return new Braze(buckets, options.concurrency(), clock, options.tries(), random);
    }

    /**
     * Finishes, or takes back, what a dead process left behind, now rather than with the next pass, which may be hours away. What a
     * living one has is left alone.
     */
    private void recover() {
        for (Stream stream : catalogue.streams().values()) {
            try {
                if (workspace.sink().unfinished(stream) && workspace.leases().take(stream.name(), 0).isPresent()) {
                    recover(stream);
                }
            } catch (SinkException e) {
                LOG.warn("{}: {}", stream.name(), e.getMessage());
            }
        }
    }

    private void recover(Stream stream) {
        try {
            workspace.sink().recover(stream);
        } finally {
            workspace.leases().release(stream.name());
        }
    }

    public EngineOptions options() {
        return options;
    }

    /** Where records go, as an absolute path if it is a file or a folder. */
    public String where() {
        return options.sink() instanceof SinkOptions.Jdbc ? state() : options.sink().toString();
    }

    /** Where cursors and history are, as an absolute path if it is a file. */
    public String state() {
        return H2File.of(options.database().url()).map(file -> file.file().toString()).orElse(database.shown());
    }

    /** What these options' route files declare; starts and opens nothing. Throws StartException if there are none. */
    public static Catalogue catalogue(EngineOptions options) {
        try (CamelRuntime runtime = new CamelRuntime(options)) {
            return runtime.read(options);
        }
    }

    /** What the route files declare. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** One line for each route file that cannot be used. */
    public List<String> routeErrors() {
        return routes.errors();
    }

    /** Starts these streams; a file that Camel cannot use is one more route error. */
    public void start(Collection<String> selected) {
        routes.start(selected, heartbeat::repeats, () -> {
            if (options.sink() instanceof SinkOptions.Endpoint endpoint) {
                SinkEndpoint.requireRunning(runtime.context(), endpoint, routes.errors());
            }
        });
    }

    /** Waits until each of these streams has ended a pass, or the engine was told to stop. */
    public List<PassResult> await(Collection<String> streams) throws InterruptedException {
        return passes.await(streams);
    }

    /** The passes that run just now. */
    public List<PassProgress> progress() {
        return passes.progress();
    }

    /** Where others read the database while this process has it open, if they can. */
    public Optional<String> serverUrl() {
        return H2File.of(options.database().url()).flatMap(H2File::serverUrl);
    }

    /** Gives routes that still work on records, behind a queue or an aggregate, half a minute when this is closed. */
    public void letRoutesFinish() {
        runtime.patient();
    }

    /** Ends all waits and begins no more requests; passes end within the time, or are ended as they stand. */
    public void stop(Duration within) {
        workspace.halt().stop();
        var patience = new Patience(within, PAUSE);
        while (!passes.idle() && patience.tryAgain()) {
            // they end by themselves
        }
        passes.interrupt();
    }

    @Override
    public void close() {
        try {
            runtime.close();
        } finally {
            database.close();
        }
    }
}
