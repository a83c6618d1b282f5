package org.brazeroutes.camel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.brazeroutes.stream.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands messages to an endpoint and waits until it has taken them; a refused one is offered again, as often as a request to Braze. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final CamelContext context;
    private final int retries;
    private final IntFunction<Duration> backOff;
    private final Halt halt;

    /** @param backOff how long to wait after so many refusals */
    Delivery(CamelContext context, int retries, IntFunction<Duration> backOff, Halt halt) {
        this.context = context;
        this.retries = retries;
        this.backOff = backOff;
        this.halt = halt;
    }

    ProducerTemplate template() {
        return context.createProducerTemplate();
    }

    /** Returns once the endpoint has acknowledged the message. */
    void send(ProducerTemplate template, Endpoint endpoint, SinkOptions.Endpoint sink, String body, Map<String, Object> headers) {
        for (int refusals = 1; ; refusals++) {
            Exchange exchange = template.send(endpoint, sent -> {
                sent.getMessage().setHeaders(new HashMap<>(headers));
                sent.getMessage().setBody(body);
            });
            Exception refused = exchange.getException();
            if (refused == null) {
                return;
            }
            if (refusals > retries) {
                throw new DeliveryException("the sink " + sink.shown() + " refused a record " + refusals + " times: " + said(refused, sink)
                        + ". Run again to go on", sink.address().cause(refused));
            }
            if (refusals == 2) {
                LOG.info("the sink {} refused a record twice: {}; it is sent again", sink.shown(), said(refused, sink));
            }
            halt.sleep(backOff.apply(refusals));
        }
    }

    static String said(Throwable failure, SinkOptions.Endpoint sink) {
        return sink.address().hideIn(Causes.line(Causes.deepest(failure)));
    }
}
