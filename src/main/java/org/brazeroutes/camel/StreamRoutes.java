package org.brazeroutes.camel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.CamelContextHelper;
import org.brazeroutes.pass.Passes;
import org.brazeroutes.routes.Beginnings;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.routes.LoadedFile;
import org.brazeroutes.stream.Causes;
import org.brazeroutes.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the routes of the files to Camel, with the schedule of this process, and starts those of the streams that are to run. */
final class StreamRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(StreamRoutes.class);
    private static final Pattern PERIOD = Pattern.compile("period=\\{\\{\\??stream\\.(\\w+)\\.period\\b");

    private final Catalogue catalogue;
    private final CamelRuntime runtime;
    private final Passes passes;
    private final Schedule schedule;
    private final List<String> errors;
    private final Set<String> leftOut = new HashSet<>();
    private final List<String> ready = new ArrayList<>();
    /** Those of them that begin now; the others when their cron says. */
    private final Set<String> atOnce = new HashSet<>();

    StreamRoutes(Catalogue catalogue, CamelRuntime runtime, Passes passes, Schedule schedule) {
        this.catalogue = catalogue;
        this.runtime = runtime;
        this.passes = passes;
        this.schedule = schedule;
        this.errors = new ArrayList<>(catalogue.errors());
    }

    /** One line for each route file that cannot be used. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /**
     * Gives Camel the files and starts these streams, parents first; a file that it cannot use is one more error.
     *
     * @param repeated is told each stream that a timer begins again and again
     * @param check    throws if something lacks before the first stream starts, when all other routes run
     */
    void start(Collection<String> selected, Consumer<String> repeated, Runnable check) {
        List<LoadedFile> files = new ArrayList<>(catalogue.routes());
        files.sort(Comparator.comparing(StreamRoutes::turn));
        for (LoadedFile file : files) {
            if (file.stream() == null || catalogue.streams().containsKey(file.stream().name())) {
                add(file, selected);
            }
        }
        check.run();
        Set<String> running = Beginnings.running(runtime.context());
        files.stream().filter(file -> file.stream() != null && ready.contains(file.stream().name())).forEach(file -> requireCalled(file, running));
        selected.stream().filter(name -> !ready.contains(name) && !leftOut.contains(name)).forEach(passes::cannotRun);
        ready.stream().filter(name -> catalogue.streams().get(name).kind() == Stream.Kind.LIST && atOnce.contains(name)).forEach(passes::expect);
        ready.forEach(this::start);
        ready.stream().filter(name -> schedule.byPeriod(name) && atOnce.contains(name)).forEach(repeated);
    }

    /** What failures do is told to Camel before the routes that it holds for, and parents come before their children. */
    private static int turn(LoadedFile file) {
        boolean configures = !file.builder().getRouteConfigurationCollection().getRouteConfigurations().isEmpty();
        return configures ? 0 : file.stream() == null ? 1 : file.stream().parent() == null ? 2 : 3;
    }

    /** A copied file may still have the placeholder of the one that it was copied from. */
    private void tellOtherPeriod(LoadedFile file, RouteDefinition route) {
        Matcher period = PERIOD.matcher(route.getInput().getUri());
        if (schedule.byPeriod(route.getId()) && period.find() && !period.group(1).equals(route.getId())) {
            LOG.warn("{}: the period in {} is that of {}; write {{stream.{}.period}} for its own", route.getId(), file.file().location(),
                    period.group(1), route.getId());
        }
    }

    private void add(LoadedFile file, Collection<String> selected) {
        try {
            Set<String> off = new HashSet<>();
            for (RouteDefinition route : file.definitions()) {
                if (Boolean.FALSE.equals(CamelContextHelper.parseBoolean(runtime.context(), route.getAutoStartup()))) {
                    off.add(route.getId());
                }
                Stream stream = catalogue.streams().get(route.getId());
                if (stream != null) {
                    route.setRoutePolicies(new ArrayList<>(List.of(new PassPolicy(passes))));
                    tellOtherPeriod(file, route);
                    schedule.set(route, stream);
                }
            }
            runtime.add(file);
            for (RouteDefinition route : file.definitions()) {
                boolean starts = !off.contains(route.getId());
                if (catalogue.streams().containsKey(route.getId()) && selected.contains(route.getId())) {
                    select(route, starts);
                } else if (!catalogue.streams().containsKey(route.getId()) && starts) {
                    runtime.context().getRouteController().startRoute(route.getId());
                }
            }
        } catch (Exception e) {
            errors.add(file.error(e));
        }
    }

    private void select(RouteDefinition route, boolean starts) {
        String name = route.getId();
        if (!starts) {
            leaveOut(name, "its route says autoStartup: false");
        } else if (runtime.context().getRoute(name) == null) {
            leaveOut(name, "the precondition of its route does not hold");
        } else {
            ready.add(name);
            if (route.getInput().getUri().startsWith("timer:")) {
                atOnce.add(name);
            }
        }
    }

    /** A call to a route that does not run would wait for it, record by record. */
    private void requireCalled(LoadedFile file, Set<String> running) {
        for (RouteDefinition route : file.definitions()) {
            for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
                String called = Beginnings.place(Beginnings.resolved(to.getUri(), runtime.context()));
                if ((called.startsWith("direct:") || called.startsWith("seda:")) && !running.contains(called)) {
                    errors.add(file.error(called, to.getLineNumber(), "it calls '" + called + "', but the route that begins there does not run"));
                    ready.remove(file.stream().name());
                    return;
                }
            }
        }
    }

    private void start(String name) {
        try {
            runtime.context().getRouteController().startRoute(name);
        } catch (Exception e) {
            errors.add(name + ": the route cannot start: " + Causes.line(e));
            passes.cannotRun(name);
        }
    }

    private void leaveOut(String name, String why) {
        leftOut.add(name);
        passes.leftOut(name, why);
    }
}
