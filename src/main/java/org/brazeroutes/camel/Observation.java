package org.brazeroutes.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.brazeroutes.braze.Braze;

/** What a running process shows of itself: it is ready while Braze accepts its key and its database answers, and it counts what its streams did. */
final class Observation implements PassListener {

    private final PassListener next;
    private final Map<String, Long> lastComplete = new ConcurrentHashMap<>();
    private Optional<MeterRegistry> meters = Optional.empty();

    Observation(PassListener next) {
        this.next = next;
    }

    /** Registers with Camel's health checks and, where metrics are served, with their registry. */
    void register(CamelContext context, Braze braze, BooleanSupplier database) {
        meters = Optional.ofNullable(context.getRegistry().findSingleByType(MeterRegistry.class));
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        if (checks != null) {
            checks.register(new Readiness("key", braze::authorized, "Braze refuses the API key (401); it is asked again every 15 minutes"));
            checks.register(new Readiness("database", database, "the database does not answer; passes fail until it does"));
        }
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
        registry.counter("braze_routes.passes", stream.and("result", result.result().text())).increment();
        registry.counter("braze_routes.records", stream).increment(result.records());
        registry.counter("braze_routes.rows", stream).increment(result.rows());
        registry.counter("braze_routes.requests", stream).increment(result.requests());
        registry.counter("braze_routes.retries", stream).increment(result.retries());
        registry.counter("braze_routes.rate_limit_wait", stream.and("unit", "ms")).increment(result.rateLimitWaitMs());
        if (result.result() == Result.COMPLETE && lastComplete.put(result.stream(), System.currentTimeMillis()) == null) {
            TimeGauge.builder("braze_routes.last_complete", () -> lastComplete.get(result.stream()), TimeUnit.MILLISECONDS)
                    .tags(stream).register(registry);
        }
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
