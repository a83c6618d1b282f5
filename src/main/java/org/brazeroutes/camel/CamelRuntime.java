package org.brazeroutes.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.ObjectHelper;
import org.brazeroutes.database.Libraries;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.routes.LoadedFile;
import org.brazeroutes.stream.Causes;

/** Camel Main with what our routes need: the sink component, the thread pool of the split, placeholders of our settings. */
final class CamelRuntime implements AutoCloseable {

    /** As long as Kubernetes gives a container. */
    private static final long PATIENCE_SECONDS = 30;

    private final Main main;
    private final ModelCamelContext context;

    static {
        // the server of health and metrics would copy files of the jar to the temporary folder, which may be read-only
        System.getProperties().putIfAbsent("vertx.disableFileCPResolving", "true");
        // and would take memory in a way that Java 24 and later warn of
        if (Runtime.version().feature() >= 24) {
            System.getProperties().putIfAbsent("io.netty.noUnsafe", "true");
        }
    }

    CamelRuntime(EngineOptions options) {
        main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        // the default's hook would stop the routes before the passes have saved where they are
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.configure().withName("braze-routes").withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false).withRoutesIncludePattern("false")
                .withSourceLocationEnabled(true).withJmxEnabled(options.http().isPresent())
                .withShutdownTimeout(1).withShutdownNowOnTimeout(true).withShutdownSuppressLoggingOnTimeout(true);
        options.camelProperties().forEach(main::addInitialProperty);
        options.http().ifPresent(http -> main.configure().httpManagementServer().withEnabled(true).withHost(http.host())
                .withPort(http.port()).withHealthCheckEnabled(true).withHealthPath("/observe/health")
                .withMetricsEnabled(true));
        options.http().ifPresent(http -> main.configure().metrics().withEnabled(true));
        // components in lib/ are found by the thread's loader when Camel starts, and by the context's later
        Thread.currentThread().setContextClassLoader(Libraries.loader());
        try {
            main.init();
        } catch (Exception e) {
            throw wrongSetting(e);
        }
        context = (ModelCamelContext) main.getCamelContext();
        // our own steps must begin; which streams do is said by sync.streams
        context.setAutoStartup(true);
        context.setApplicationContextClassLoader(Libraries.loader());
        context.getPropertiesComponent().addPropertiesSource(new Placeholders(options));
        // by then the passes have ended, and a request that hangs has nothing to save
        context.getExecutorServiceManager().setShutdownAwaitTermination(500);
        context.addComponent("table", new TableComponent());
        // more threads than requests in flight, for some parse and store meanwhile. In the queue is the next partition at most, for
        // the split makes one when a thread is free. Without a queue (-1) the split's own thread would work a partition off, and
        // those that become free meanwhile would get none
        int threads = options.braze().concurrency() + Math.max(1, options.braze().concurrency() / 4);
        context.getExecutorServiceManager().registerThreadPoolProfile(new ThreadPoolProfileBuilder("partitions")
                .poolSize(threads).maxPoolSize(threads).maxQueueSize(Integer.MAX_VALUE).build());
    }

    private static StartException wrongSetting(Exception failure) {
        PropertyBindingException wrong = ObjectHelper.getException(PropertyBindingException.class, failure);
        if (wrong != null && wrong.getOptionKey() != null) {
            return new StartException(wrong.getOptionPrefix() + wrong.getOptionKey()
                    + " is no setting of Camel, or its value does not fit; see Camel's manual");
        }
        return new StartException("Camel cannot start: " + CamelText.withoutValues(Causes.line(Causes.deepest(failure)))
                + ". Check the settings that begin with camel, and the jars in lib/");
    }

    private record Placeholders(EngineOptions options) implements PropertiesSource {

        @Override
        public String getName() {
            return "settings";
        }

        @Override
        public String getProperty(String name) {
            if (name.matches("stream\\.\\w+\\.period")) {
                return String.valueOf(options.streams().apply(name.split("\\.")[1]).period().toMillis());
            }
            return options.placeholder().apply(name);
        }
    }

    /** So many streams may begin by cron at once, if it is said before the start; those that wait for Braze's limit must not keep others from it. */
    void cronThreads(int count) {
        QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
        if (quartz.getProperties() == null) {
            quartz.setProperties(Map.of("org.quartz.threadPool.threadCount", String.valueOf(count), "org.quartz.scheduler.skipUpdateCheck", "true",
                    "org.quartz.jobStore.misfireThreshold", "60000"));
        }
    }

    /** What the route files declare; closes this runtime if that cannot be told, or if a setting names a stream that is none. */
    Catalogue read(EngineOptions options) {
        try {
            Catalogue catalogue = Catalogue.read(options.routes(), SharedRoutes.IDS, options.braze().buckets().keySet(), context);
            boolean onlyHandlers = catalogue.errors().isEmpty() && catalogue.routes().stream().allMatch(file -> file.definitions().isEmpty());
            if (catalogue.names().isEmpty() && (onlyHandlers || catalogue.routes().isEmpty())) {
                throw new StartException("there is no route in " + options.routes().origin()
                        + "; put route files there, set routes.directory to another folder, or routes.packaged=true");
            }
            options.checkStreams().accept(catalogue.names());
            return catalogue;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    CamelContext context() {
        return context;
    }

    /** Starts Camel, with the route that all requests take. */
    void start(BrazeHttp http) throws Exception {
        http.configure(context);
        context.addRoutes(new BrazeRoute(http));
        main.start();
    }

    /** Adds the routes of a file, not started; throws if Camel cannot make them. */
    void add(LoadedFile file) throws Exception {
        context.addRouteConfigurations(file.builder().getRouteConfigurationCollection().getRouteConfigurations());
        List<RouteDefinition> definitions = new ArrayList<>(file.definitions());
        for (RouteDefinition definition : definitions) {
            definition.setAutoStartup("false");
            file.builder().getRouteCollection().prepareRoute(definition);
        }
        context.addRouteDefinitions(definitions);
    }

    /** Lets routes end their work when this is closed; otherwise they have a second. */
    void patient() {
        context.getShutdownStrategy().setTimeout(PATIENCE_SECONDS);
        context.getShutdownStrategy().setSuppressLoggingOnTimeout(false);
    }

    @Override
    public void close() {
        main.stop();
    }
}
