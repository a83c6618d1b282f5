package org.brazeroutes.camel;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.brazeroutes.braze.Call;

/** The steps that all streams share: a stream's route calls them by their {@code direct:} names. */
final class SharedRoutes extends RouteBuilder {

    private static final String CALL = "BrazeCall";

    private final Steps steps;
    private final BrazeHttp http;

    SharedRoutes(Steps steps, BrazeHttp http) {
        this.steps = steps;
        this.http = http;
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
            .loopDoWhile(exchange -> exchange.getMessage().getBody(Asking.class).hasNext())
                .to("direct:braze")
                .setBody(exchangeProperty(Steps.PARTITION))
            .end();

        from("direct:braze").routeId("braze").description("One request to Braze: throttle, key, HTTP, retries; the body becomes the answer")
            .process(this::begin)
            .loopDoWhile(exchange -> call(exchange).open())
                .process(exchange -> call(exchange).enter())
                .doTry()
                    .process(http::prepare)
                    .to(http.uri())
                    .process(exchange -> http.receive(exchange, call(exchange)))
                .doCatch(IOException.class)
                    .process(exchange -> call(exchange).failed(http.reason(exchange)))
                .end()
            .end()
            .process(this::end);

        from("direct:failed").routeId("failed").description("Notes a failure: the partition's or the stream's; the others go on")
            .process(Failures::note);
    }

    private void begin(Exchange exchange) {
        Asking asking = exchange.getMessage().getBody(Asking.class);
        exchange.setProperty(Steps.PARTITION, asking);
        exchange.setProperty(CALL, asking.next());
    }

    private void end(Exchange exchange) {
        Call call = call(exchange);
        exchange.getProperty(Steps.PARTITION, Asking.class).answered(call.answer());
        exchange.removeProperty(CALL);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(call.answer());
    }

    private static Call call(Exchange exchange) {
        return exchange.getProperty(CALL, Call.class);
    }
}
