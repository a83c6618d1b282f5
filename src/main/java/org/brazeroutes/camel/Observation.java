package org.brazeroutes.camel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.brazeroutes.braze.Braze;
import org.brazeroutes.pass.PassListener;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;

/** What a running process shows of itself: it is ready while Braze accepts its key and its database answers, and it counts what its streams did. */
final class Observation implements PassListener {

    private final PassListener next;
    private final Map<String, Long> lastComplete = new ConcurrentHashMap<>();
    private Optional<MeterRegistry> meters = Optional.empty();
    private volatile BooleanSupplier key = () -> true;
    private volatile BooleanSupplier database = () -> false;

    Observation(PassListener next) {
        this.next = next;
    }

    /** Registers with Camel's health checks, before it serves them: a process that still opens its database is not ready. */
    void addChecks(CamelContext context) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        if (checks != null) {
            checks.register(new Readiness("key", () -> key.getAsBoolean(), "Braze refuses the API key (401); it is asked again every 15 minutes"));
            checks.register(new Readiness("database", () -> database.getAsBoolean(),
                    "the database does not answer, or is not open yet; passes fail until it does"));
        }
    }

    /**
     * From now on tells of these and, where metrics are served, registers with their registry.
     *
     * @param completed when the last complete pass of each stream ended, also before this process: who watches it must see a stream
     *                  that never comes to one
     */
    void begin(CamelContext context, Braze braze, BooleanSupplier database, Supplier<Map<String, Instant>> completed) {
        this.key = braze::authorized;
        this.database = database;
        meters = Optional.ofNullable(context.getRegistry().findSingleByType(MeterRegistry.class));
        meters.ifPresent(registry -> completed.get().forEach((stream, time) -> completed(registry, stream, time.toEpochMilli())));
    }

    @Override
    public void started(String stream) {
        next.started(stream);
    }

    @Override
    public void ended(PassResult result) {
        meters.ifPresent(registry -> count(registry, result));
        next.ended(result);
    }

    private void count(MeterRegistry registry, PassResult result) {
        Tags stream = Tags.of("stream", result.stream());
        count(registry, "passes", "Passes that ended, by their result", stream.and("result", result.result().text()), 1);
        count(registry, "records", "Records read from Braze", stream, result.records());
        count(registry, "rows", "Rows inserted, changed or removed", stream, result.rows());
        count(registry, "requests", "Requests sent to Braze", stream, result.requests());
        count(registry, "retries", "Requests that were tried again", stream, result.retries());
        count(registry, "rate_limit_wait_seconds", "Time in which the stream waited for Braze's limit", stream, result.rateLimitWaitMs() / 1000.0);
        if (result.result() == Result.COMPLETE) {
            completed(registry, result.stream(), System.currentTimeMillis());
        }
    }

    private void completed(MeterRegistry registry, String stream, long time) {
        if (lastComplete.put(stream, time) == null) {
            TimeGauge.builder("braze_routes.last_complete", () -> lastComplete.get(stream), TimeUnit.MILLISECONDS)
                    .description("When the stream's last complete pass ended, 0 if there was none").tags(Tags.of("stream", stream)).register(registry);
        }
    }

    private static void count(MeterRegistry registry, String name, String description, Tags tags, double amount) {
        Counter.builder("braze_routes." + name).description(description).tags(tags).register(registry).increment(amount);
    }

    private static final class Readiness extends AbstractHealthCheck {

        private final BooleanSupplier up;
        private final String otherwise;

        Readiness(String name, BooleanSupplier up, String otherwise) {
            super("braze", name);
            this.up = up;
            this.otherwise = otherwise;
        }

        @Override
        public boolean isLiveness() {
            return false;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            if (up.getAsBoolean()) {
                result.up();
            } else {
                result.down().message(otherwise);
            }
        }
    }
}
