package org.brazeroutes.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.brazeroutes.camel.Engine;
import org.brazeroutes.camel.EngineOptions;
import org.brazeroutes.camel.Modes;
import org.brazeroutes.camel.SinkOptions;
import org.brazeroutes.database.BusyException;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.settings.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the commands do, with the engine. */
final class EngineCommands implements Commands {

    private static final Logger LOG = LoggerFactory.getLogger(EngineCommands.class);
    /** Kubernetes and people give a process ten seconds; closing Camel and the database takes its part of them. */
    private static final Duration TO_STOP = Duration.ofSeconds(4);

    @Override
    public int run(Call call) {
        Compilers.leaveOutSecond();
        Logging.dated();
        CountDownLatch stop = new CountDownLatch(1);
        try (Signals signals = new Signals(stop::countDown, signal -> signal == Signals.Kind.INT ? signal.exitCode() : ExitCode.COMPLETE);
                Progress progress = Progress.running();
                Engine engine = new Engine(new Wiring(call.settings(), call.console(), true).options(List.of()), false, progress)) {
            List<String> enabled = enabled(engine, call);
            printStart(engine, call, enabled);
            engine.start(enabled);
            engine.routeErrors().forEach(call.console()::error);
            stop.await();
            LOG.info("stopping");
            engine.stop(TO_STOP);
            return signals.exitCode().orElse(ExitCode.COMPLETE);
        } catch (BusyException e) {
            call.console().error(e.getMessage() + "; stop it first, or sync into another database");
            return ExitCode.INCOMPLETE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INCOMPLETE;
        }
    }

    @Override
    public int sync(Call call, List<String> streams) {
        Compilers.leaveOutSecond();
        return sync(call, new Wiring(call.settings(), call.console(), false).options(streams), streams);
    }

    /** One pass, with its report. */
    static int sync(Call call, EngineOptions options, List<String> named) {
        CountDownLatch stop = new CountDownLatch(1);
        try (Signals signals = new Signals(stop::countDown, Signals.Kind::exitCode)) {
            List<PassResult> results;
            List<String> routeErrors;
            try (Progress progress = Progress.on(call.console()); Engine engine = new Engine(options, true, progress)) {
                Thread stopper = new Thread(() -> stopWhen(stop, engine), "stop");
                stopper.setDaemon(true);
                stopper.start();
                progress.follow(engine);
                List<String> selected = named.isEmpty() ? enabled(engine, call) : named;
                printStart(engine, call, selected);
                engine.start(selected);
                results = engine.await(selected);
                routeErrors = engine.routeErrors();
                if (signals.exitCode().isEmpty()) {
                    engine.letRoutesFinish();
                }
                engine.stop(TO_STOP);
            }
            SyncReport.print(results, call.console(), call.json());
            routeErrors.forEach(call.console()::error);
            boolean complete = routeErrors.isEmpty() && results.stream().allMatch(result -> result.result().good());
            return signals.exitCode().orElse(complete ? ExitCode.COMPLETE : ExitCode.INCOMPLETE);
        } catch (BusyException e) {
            return busy(call, options, named, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INCOMPLETE;
        }
    }

    private static void stopWhen(CountDownLatch stop, Engine engine) {
        try {
            stop.await();
            engine.stop(TO_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another process has the whole database: every stream is busy. */
    private static int busy(Call call, EngineOptions options, List<String> named, BusyException e) {
        var catalogue = Engine.catalogue(options);
        List<PassResult> results = catalogue.streams().values().stream()
                .filter(stream -> named.isEmpty() ? options.streams().apply(stream.name()).enabled() : named.contains(stream.name()))
                .map(stream -> PassResult.notBegun(stream.name(), Modes.of(options, stream).text(), Result.BUSY, e.getMessage(), List.of())).toList();
        SyncReport.print(results, call.console(), call.json());
        return ExitCode.INCOMPLETE;
    }

    private static List<String> enabled(Engine engine, Call call) {
        List<String> enabled = engine.catalogue().streams().keySet().stream()
                .filter(name -> call.settings().stream(name).enabled()).toList();
        if (enabled.isEmpty()) {
            throw new SettingsException(engine.routeErrors());
        }
        return enabled;
    }

    /** Where everything comes from and goes to, as absolute paths. */
    private static void printStart(Engine engine, Call call, List<String> streams) {
        LOG.info("braze-routes {}: {} from {} into {}", Version.number(), Words.count(streams.size(), "stream"),
                engine.options().braze().endpoint().getHost(), engine.where());
        LOG.info("settings: {}; routes: {}", call.settings().fileRead().map(file -> Path.of(file).toAbsolutePath().normalize().toString())
                .orElse("no file"), engine.options().routes().origin());
        if (!engine.options().routes().handleFailures()) {
            LOG.warn("no route file has a routeConfiguration, so Camel logs failures in its own words: copy the packaged errors.yaml too,"
                    + " or set routes.packaged=true");
        }
        if (!(engine.options().sink() instanceof SinkOptions.Jdbc)) {
            LOG.info("cursors and history: {}", engine.state());
        }
        String user = engine.options().database().username();
        engine.serverUrl().ifPresent(url -> LOG.info("read the database meanwhile at {} as user {}", url, user.isEmpty() ? "sa" : user));
        engine.options().http().ifPresent(http -> LOG.info("health and metrics on port {}: /observe/health/ready, /observe/metrics", http.port()));
    }

    @Override
    public int check(Call call) {
        return new CheckReport(call).print();
    }

    @Override
    public int streams(Call call) {
        return new StreamsReport(call).print();
    }

    @Override
    public int status(Call call) {
        return new StatusReport(call).print();
    }

    @Override
    public int reset(Call call, List<String> streams, boolean yes, boolean drop) {
        return new Reset(call, streams, drop).execute(yes);
    }

    @Override
    public int demo(Map<String, String> set, Console console, boolean json, boolean debug) {
        Compilers.leaveOutSecond();
        return new Demo(set, console, json, debug).execute();
    }
}
