package org.brazeroutes.camel;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;

/** The steps with which passes begin and failures end: a stream's route calls them by their {@code direct:} names. */
final class SharedRoutes extends RouteBuilder {

    /** The ids of all of them, which no route file may have; {@code braze} is a route of its own. */
    static final Set<String> IDS = Set.of("braze", "failed", "listing", "pages", "partitions");

    /** What a stream's route may call. */
    static final Set<String> NAMES = IDS.stream().map("direct:"::concat).collect(Collectors.toUnmodifiableSet());

    private final Steps steps;

    SharedRoutes(Steps steps) {
        this.steps = steps;
    }

    @Override
    public void configure() {
        // failures are for the route that called: its errors.yaml decides
        errorHandler(noErrorHandler());

        from("direct:pages").routeId("pages").description("Begins a pass over a list: the body becomes its pages")
            .process(steps::pages);

        from("direct:partitions").routeId("partitions").description("Begins a pass over partitions: the body becomes them, each with what it lacks")
            .process(steps::partitions);

        from("direct:listing").routeId("listing").description("Reads a parent's list for a child stream, without storing it")
            // a loop asks its condition once more after a failure, when the body is no listing any more
            .loopDoWhile(exchange -> exchange.getException() == null && exchange.getMessage().getBody(Asking.class).hasNext())
                .to("direct:braze")
                .setBody(exchangeProperty(Steps.PARTITION))
            .end();

        from("direct:failed").routeId("failed").description("Notes a failure: the partition's or the stream's; the others go on")
            .process(Failures::note);
    }
}
