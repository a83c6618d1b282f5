package org.brazeroutes.camel;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.brazeroutes.braze.Call;
import org.brazeroutes.pass.Asking;
import org.brazeroutes.pass.RouteException;

/** The one step through which every request to Braze goes: a throttle that stood in each route would multiply the limit. */
final class BrazeRoute extends RouteBuilder {

    /** The property with what has asked Braze last: a stream's partition, mostly. */
    static final String PARTITION = "BrazePartition";

    private static final String CALL = "BrazeCall";

    private final BrazeHttp http;

    BrazeRoute(BrazeHttp http) {
        this.http = http;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        // a cache would read the body before we do: without the time limit, and with another exception if it breaks off
        from("direct:braze").routeId("braze").noStreamCaching()
            .description("One request to Braze: throttle, key, HTTP, retries; the body becomes the answer")
            .process(this::begin)
            .loopDoWhile(exchange -> call(exchange).open())
                .process(exchange -> call(exchange).enter())
                .doTry()
                    .process(exchange -> http.prepare(exchange, call(exchange)))
                    .to(http.uri())
                    .process(exchange -> http.receive(exchange, call(exchange)))
                .doCatch(IOException.class)
                    .process(exchange -> http.failed(exchange, call(exchange)))
                .doFinally()
                    .process(this::leave)
                .end()
            .end()
            .process(this::end);
    }

    private void begin(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof Asking asking)) {
            throw new RouteException("direct:braze asks for what direct:pages or direct:partitions made; the steps before it must leave the body as it is");
        }
        exchange.setProperty(PARTITION, asking);
        exchange.setProperty(CALL, asking.next());
    }

    private void end(Exchange exchange) {
        Call call = call(exchange);
        exchange.getProperty(PARTITION, Asking.class).answered(call.answer());
        exchange.removeProperty(CALL);
        exchange.getMessage().setBody(call.answer());
    }

    private void leave(Exchange exchange) {
        call(exchange).leave();
        http.restore(exchange);
    }

    private static Call call(Exchange exchange) {
        return exchange.getProperty(CALL, Call.class);
    }
}
