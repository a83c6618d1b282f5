package org.brazeroutes.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.brazeroutes.database.Database;
import org.brazeroutes.pass.Halt;
import org.brazeroutes.sink.Checkpoints;
import org.brazeroutes.sink.Sink;
import org.brazeroutes.sink.StreamWriter;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Any Camel endpoint: a message for each record, at least once; a refused one is offered again, as often as a request to Braze. */
final class EndpointSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointSink.class);

    private final SinkOptions.Endpoint options;
    private final Database state;
    private final Clock clock;
    private final int retries;
    private final IntFunction<Duration> backOff;
    private final Halt halt;
    private final Endpoint endpoint;
    private final ProducerTemplate template;

    /** The endpoint did not take a record, however often it was offered. */
    private static final class RefusedException extends RuntimeException {

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @param backOff how long to wait after so many refusals */
    EndpointSink(CamelContext context, SinkOptions.Endpoint options, Database state, Clock clock, int retries, IntFunction<Duration> backOff, Halt halt) {
        this.options = options;
        this.state = state;
        this.clock = clock;
        this.retries = retries;
        this.backOff = backOff;
        this.halt = halt;
        this.template = context.createProducerTemplate();
        this.endpoint = SinkEndpoint.of(context, options);
    }

    @Override
    public StreamWriter open(Stream stream, SyncMode mode, long syncId, Checkpoints checkpoints) {
        return new EndpointWriter(stream, syncId, clock, state, checkpoints, this::send);
    }

    /** Returns once the endpoint has acknowledged the message. */
    private void send(String body, Map<String, Object> headers) {
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
                throw new RefusedException("the sink " + options.shown() + " refused a record " + refusals + " times: " + options.said(refused)
                        + ". Run again to go on", options.address().cause(refused));
            }
            if (refusals == 2) {
                LOG.info("the sink {} refused a record twice: {}; it is sent again", options.shown(), options.said(refused));
            }
            halt.sleep(backOff.apply(refusals));
        }
    }
}
