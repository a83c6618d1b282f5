package org.brazeroutes.camel;

import java.time.Duration;
import java.time.Instant;
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
import org.brazeroutes.pass.Asking;
import org.brazeroutes.pass.Halt;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.routes.LoadedFile;
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
        this.braze = Engine.braze(options.braze(), new BrazeClock(options.clock(), options.braze().timeZone()));
        try {
            Engine.check(options, catalogue, runtime);
            runtime.start(new BrazeHttp(options.braze()));
        } catch (Exception e) {
            runtime.close();
            throw e;
        }
        this.routeErrors = new ArrayList<>(catalogue.errors());
        for (LoadedFile file : catalogue.routes()) {
            try {
                runtime.add(file);
            } catch (Exception e) {
                routeErrors.add(file.error(e));
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
        new TargetCheck(options, enabled(), found).check();
        return accepted;
    }

    private boolean checkBraze() {
        List<Stream> enabled = enabled();
        for (int i = 0; i < enabled.size(); i++) {
            if (!check(enabled.get(i))) {
                enabled.subList(i, enabled.size()).forEach(left -> found.accept(new Check(subject(left), Verdict.NOT_TESTABLE, "not asked")));
                return false;
            }
        }
        if (!reached && enabled.stream().anyMatch(stream -> stream.retired() == null)) {
            found.accept(new Check("host " + options.braze().endpoint(), Verdict.FAILED, "it knows none of these addresses; see braze.endpoint"));
            return false;
        }
        return true;
    }

    private static String subject(Stream stream) {
        return stream.name() + " (" + stream.permission() + ")";
    }

    private boolean check(Stream stream) {
        String subject = subject(stream);
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
            found.accept(new Check("host " + options.braze().endpoint(), Verdict.OK, ""));
            found.accept(new Check("key", Verdict.OK, ""));
        }
    }

    private boolean refused(Stream stream, String subject, BrazeException e) {
        switch (e.reason()) {
            case UNAUTHORIZED -> {
                if (!reached) {
                    found.accept(new Check("host " + options.braze().endpoint(), Verdict.OK, ""));
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
                found.accept(new Check(reached ? subject : "host " + options.braze().endpoint(), Verdict.FAILED, e.getMessage()));
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
        Once once = new Once(braze.call(new Request(stream, query, ""), new Waiting(options.clock().instant(), new Halt())));
        Exchange exchange = routes.request("direct:braze", message -> message.getMessage().setBody(once));
        if (exchange.getException() != null) {
            throw exchange.getException() instanceof BrazeException e ? e
                    : new BrazeException(BrazeException.Reason.BROKEN, Causes.line(exchange.getException()));
        }
        return once.answer;
    }

    private List<Stream> enabled() {
        return catalogue.streams().values().stream().filter(stream -> options.streams().apply(stream.name()).enabled()).toList();
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

    private record Waiting(Instant began, Halt never) implements Caller {

        /** So long somebody who waits for a check does without a word. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        @Override
        public void await(Duration time, Why why) {
            if (why == Why.RATE_LIMIT && time.compareTo(PATIENCE) > 0) {
                throw new BrazeException(BrazeException.Reason.EXHAUSTED, "Braze's limit lets no request through for "
                        + time.toSeconds() + " s; check again then");
            }
            never.sleep(time);
        }

        @Override
        public void refused(BrazeException why) {
            throw why;
        }
    }
}
