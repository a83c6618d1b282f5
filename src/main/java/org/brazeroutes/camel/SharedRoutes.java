package org.brazeroutes.camel;

import java.util.Collections;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.brazeroutes.pass.Asking;
import org.brazeroutes.pass.Failures;
import org.brazeroutes.pass.Partition;
import org.brazeroutes.pass.Pass;
import org.brazeroutes.pass.Passes;
import org.brazeroutes.stream.Causes;

/** The steps with which passes begin and failures end: a stream's route calls them by their {@code direct:} names. */
final class SharedRoutes extends RouteBuilder {

    /** The ids of all of them, which no route file may have; {@code braze} is a route of its own. */
    static final Set<String> IDS = Set.of("braze", "failed", "listing", "pages", "partitions");

    private final Passes passes;

    SharedRoutes(Passes passes) {
        this.passes = passes;
    }

    @Override
    public void configure() {
        // failures are for the route that called: its errors.yaml decides
        errorHandler(noErrorHandler());

        from("direct:pages").routeId("pages").description("Begins a pass over a list: the body becomes its pages")
            .setBody(exchange -> begun(exchange, passes::pages, Partition::none));

        from("direct:partitions").routeId("partitions").description("Begins a pass over partitions: the body becomes them, each with what it lacks")
            .setBody(exchange -> begun(exchange, passes::partitions, Collections::emptyIterator));

        from("direct:listing").routeId("listing").description("Reads a parent's list for a child stream, without storing it")
            // a loop asks its condition once more after a failure, when the body is no listing any more
            .loopDoWhile(exchange -> exchange.getException() == null && exchange.getMessage().getBody(Asking.class).hasNext())
                .to("direct:braze")
                .setBody(exchangeProperty(BrazeRoute.PARTITION))
            .end();

        from("direct:failed").routeId("failed").description("Notes a failure: the partition's or the stream's; the others go on")
            .process(SharedRoutes::failed);
    }

    private static <T> T begun(Exchange exchange, Function<Pass, T> begin, Supplier<T> none) {
        try {
            return PassPolicy.of(exchange).map(begin).orElseGet(none);
        } catch (Error e) {
            // an Error would end the timer's thread, and leave the pass under way for ever
            throw new IllegalStateException("beginning a pass: " + Causes.line(e), e);
        }
    }

    /** What fails outside of any pass, such as a route of the user's that takes records, is not handled. */
    private static void failed(Exchange exchange) throws Exception {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Pass pass = PassPolicy.of(exchange).orElseThrow(() -> caught);
        Failures.note(pass, exchange.getProperty(BrazeRoute.PARTITION, Partition.class), CamelText.own(caught));
        exchange.getMessage().setBody(Partition.none());
    }

    /** Has all of a parent's list asked for by {@code direct:listing}; throws what made that fail. */
    static void walk(ProducerTemplate routes, Asking list) {
        Exchange walked = routes.request("direct:listing", exchange -> exchange.getMessage().setBody(list));
        if (walked.getException() != null) {
            throw walked.getException() instanceof RuntimeException e ? e
                    : new IllegalStateException(Causes.line(walked.getException()), walked.getException());
        }
    }
}
