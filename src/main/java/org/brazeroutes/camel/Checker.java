package org.brazeroutes.camel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.braze.BrazeClock;
import org.brazeroutes.braze.BrazeException;
import org.brazeroutes.braze.Call;
import org.brazeroutes.braze.Caller;
import org.brazeroutes.braze.Request;
import org.brazeroutes.camel.Check.Verdict;
import org.brazeroutes.database.BusyException;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.H2File;
import org.brazeroutes.sink.FileSink;
import org.brazeroutes.sink.JdbcSink;
import org.brazeroutes.sink.SinkException;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Causes;
import org.brazeroutes.stream.Stream;

/** Tries out, with the smallest request of each endpoint, whether a sync would work; leaves nothing behind. */
public final class Checker implements AutoCloseable {

    private final EngineOptions options;
    private final CamelRuntime runtime;
    private final Catalogue catalogue;
    private final List<String> routeErrors;
    private final Braze braze;
    private final ProducerTemplate routes;
    private final Consumer<Check> found;
    private final Map<String, First> firsts = new HashMap<>();
    private boolean reached;

    /** What asking for a list brought: the id of its first object, if it has any, or the refusal. */
    private record First(Optional<String> id, BrazeException refusal) {
    }

    /** @param found hears each result as it is known */
    public Checker(EngineOptions options, Consumer<Check> found) throws Exception {
        this.options = options;
        this.found = found;
        this.runtime = new CamelRuntime(options);
        this.catalogue = runtime.read(options);
        this.braze = Engine.braze(options, new BrazeClock(options.clock(), options.timeZone()));
        try {
            Engine.check(options, catalogue, runtime);
            runtime.start(BrazeHttp.of(options));
        } catch (Exception e) {
            runtime.close();
            throw e;
        }
        this.routeErrors = new ArrayList<>(catalogue.errors());
        for (Catalogue.LoadedFile file : catalogue.routes()) {
            try {
                runtime.add(file);
            } catch (Exception e) {
                routeErrors.add(RouteErrors.line(file.file(), e));
            }
        }
        this.routes = runtime.context().createProducerTemplate();
    }

    public List<String> routeErrors() {
        return List.copyOf(routeErrors);
    }

    /** Checks everything; false if the host gives no answer or the key is refused. Braze is asked nothing more then. */
    public boolean check() {
        boolean accepted = checkBraze();
        if (options.sink() instanceof SinkOptions.Files files) {
            checkFolders(files);
        } else if (options.sink() instanceof SinkOptions.Endpoint) {
            found.accept(new Check("sink " + options.sink(), Verdict.NOT_TESTABLE, "a check sends no record"));
        }
        checkDatabase();
        return accepted;
    }

    private boolean checkBraze() {
        for (Stream stream : enabled()) {
            if (!check(stream)) {
                return false;
            }
        }
        if (!reached && enabled().stream().anyMatch(stream -> stream.retired() == null)) {
            found.accept(new Check("host " + options.endpoint(), Verdict.FAILED, "it knows none of these addresses; see braze.endpoint"));
            return false;
        }
        return true;
    }

    private boolean check(Stream stream) {
        String subject = stream.name() + " (" + stream.permission() + ")";
        try {
            Optional<String> parent = stream.parent() == null ? Optional.of("") : firstId(stream.parent());
            if (parent.isEmpty()) {
                found.accept(new Check(subject, Verdict.NOT_TESTABLE, "no " + stream.partition().replaceFirst("_(id|name)$", "") + " yet"));
                return true;
            }
            if (stream.kind() == Stream.Kind.LIST) {
                firstId(stream.name());
            } else {
                ask(stream, parent.get());
            }
            accepted();
            found.accept(new Check(subject, Verdict.OK, ""));
        } catch (BrazeException e) {
            return refused(stream, subject, e);
        }
        return true;
    }

    /** The first answer that is not 401 proves host and key. */
    private void accepted() {
        if (!reached) {
            reached = true;
            found.accept(new Check("host " + options.endpoint(), Verdict.OK, ""));
            found.accept(new Check("key", Verdict.OK, ""));
        }
    }

    private boolean refused(Stream stream, String subject, BrazeException e) {
        switch (e.reason()) {
            case UNAUTHORIZED -> {
                if (!reached) {
                    found.accept(new Check("host " + options.endpoint(), Verdict.OK, ""));
                }
                found.accept(new Check("key", Verdict.FAILED, e.getMessage()));
                return false;
            }
            case DENIED -> {
                accepted();
                found.accept(stream.retired() == null ? new Check(subject, Verdict.DENIED, e.getMessage())
                        : new Check(subject, Verdict.RETIRED, stream.retired()));
            }
            case GONE -> {
                boolean list = stream.kind() == Stream.Kind.LIST || stream.parent() != null && firsts.get(stream.parent()).refusal() == e;
                found.accept(stream.retired() != null ? new Check(subject, Verdict.NOT_TESTABLE, stream.retired())
                        : new Check(subject, list ? Verdict.FAILED : Verdict.NOT_TESTABLE, e.getMessage()));
            }
            default -> {
                found.accept(new Check(reached ? subject : "host " + options.endpoint(), Verdict.FAILED, e.getMessage()));
                return reached;
            }
        }
        return true;
    }

    /** Asks for a list once, however many streams need it. */
    private Optional<String> firstId(String list) {
        First first = firsts.computeIfAbsent(list, this::first);
        if (first.refusal() != null) {
            throw first.refusal();
        }
        return first.id();
    }

    private First first(String list) {
        Stream stream = catalogue.streams().get(list);
        try {
            return new First(ask(stream, "").records().stream().findFirst()
                    .map(record -> String.valueOf(record.get(stream.primaryKey().get(0)))), null);
        } catch (BrazeException e) {
            return new First(Optional.empty(), e);
        }
    }

    private Answer ask(Stream stream, String partition) {
        Map<String, String> query = new LinkedHashMap<>(stream.query());
        if (!partition.isEmpty()) {
            query.put(stream.parameter(), partition);
        }
        if (stream.kind() == Stream.Kind.SERIES) {
            query.put("length", "1");
            query.put("ending_at", braze.clock().now().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        Once once = new Once(braze.call(new Request(stream, query, ""), new Waiting()));
        Exchange exchange = routes.request("direct:braze", message -> message.getMessage().setBody(once));
        if (exchange.getException() != null) {
            throw exchange.getException() instanceof BrazeException e ? e
                    : new BrazeException(BrazeException.Reason.BROKEN, Causes.line(exchange.getException()));
        }
        return once.answer;
    }

    private void checkDatabase() {
        String subject = (options.sink() instanceof SinkOptions.Jdbc ? "sink and state " : "state ") + options.database().shown();
        Optional<H2File> file = H2File.of(options.database().url());
        List<Check> tables = new ArrayList<>();
        try (Database database = Database.read(options.database()).orElse(null)) {
            if (database == null) {
                file.orElseThrow().requireUsable(options.database());
                found.accept(lostState(subject, false).orElseGet(() -> writable(subject, file.orElseThrow().file().getParent(),
                        options.database().setting("url"), "will be created")));
                return;
            }
            file.ifPresent(ours -> ours.requireWritable(options.database()));
            Optional<StateStore> state = StateStore.read(database);
            boolean there = state.isPresent();
            if (options.sink() instanceof SinkOptions.Jdbc jdbc) {
                there &= checkTables(database, jdbc, tables);
            }
            if (!there && file.isEmpty()) {
                database.schema().tryCreating();
            }
            Optional<String> other = state.flatMap(store -> Choices.otherWorkspace(store, options.endpoint().getHost(), options.clock().instant()));
            found.accept(other.map(workspace -> new Check(subject, Verdict.FAILED, "the target holds the workspace at " + workspace
                    + "; " + options.sink().elsewhere())).or(() -> lostState(subject, state.filter(Choices::knowsFiles).isPresent()))
                    .orElse(new Check(subject, Verdict.OK, "")));
        } catch (BusyException e) {
            found.accept(new Check(subject, Verdict.OK, e.getMessage()));
        } catch (RuntimeException e) {
            found.accept(new Check(subject, Verdict.FAILED, e.getMessage()));
        }
        tables.forEach(found);
    }

    /** The folder, and those of the streams if they cannot be written. */
    private void checkFolders(SinkOptions.Files files) {
        Path directory = files.files().directory();
        found.accept(writable("sink " + files, directory, "sink.file.directory", ""));
        enabled().stream().map(stream -> directory.resolve(stream.name())).filter(Files::exists)
                .map(folder -> writable("sink " + folder, folder, "sink.file.directory", "")).filter(check -> check.verdict() != Verdict.OK).forEach(found);
    }

    /** Files that the state does not know of, as a sync would say. */
    private Optional<Check> lostState(String subject, boolean synced) {
        return synced || !(options.sink() instanceof SinkOptions.Files files) ? Optional.empty()
                : FileSink.anyPart(files.files(), enabled()).map(file -> new Check(subject, Verdict.FAILED, Choices.lost(file, options.database().shown())));
    }

    /**
     * False if a table is not there yet.
     *
     * @param wrong gets those that keep a stream out; of sixteen that are well nobody needs a line
     */
    private boolean checkTables(Database database, SinkOptions.Jdbc jdbc, List<Check> wrong) {
        boolean there = true;
        for (Stream stream : enabled()) {
            try {
                there &= JdbcSink.check(database, stream, Modes.of(options, stream), jdbc.unnest(), jdbc.adopt());
            } catch (SinkException e) {
                wrong.add(new Check("table " + stream.name(), Verdict.FAILED, e.getMessage()));
            }
        }
        return there;
    }

    private List<Stream> enabled() {
        return catalogue.streams().values().stream().filter(stream -> options.streams().apply(stream.name()).enabled()).toList();
    }

    /** What is not there yet can be created if the nearest folder that is there can be written. */
    private static Check writable(String subject, Path folder, String setting, String detail) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there) ? new Check(subject, Verdict.OK, detail)
                : new Check(subject, Verdict.FAILED, "cannot write in " + there + "; change its permissions or " + setting);
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static final class Once implements Asking {

        private final Call call;
        private Answer answer;

        Once(Call call) {
            this.call = call;
        }

        @Override
        public boolean hasNext() {
            return answer == null;
        }

        @Override
        public Call next() {
            return call;
        }

        @Override
        public void answered(Answer received) {
            answer = received;
        }
    }

    private static final class Waiting implements Caller {

        private final Halt never = new Halt();

        @Override
        public void await(Duration time, Why why) {
            never.sleep(time);
        }

        @Override
        public void refused(BrazeException why) {
            throw why;
        }
    }
}
