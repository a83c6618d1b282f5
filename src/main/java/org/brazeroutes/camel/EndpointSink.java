package org.brazeroutes.camel;

import java.time.Clock;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.brazeroutes.database.Database;
import org.brazeroutes.sink.Checkpoints;
import org.brazeroutes.sink.Sink;
import org.brazeroutes.sink.StreamWriter;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** Any Camel endpoint: a message for each record, at least once. */
final class EndpointSink implements Sink {

    private final SinkOptions.Endpoint options;
    private final Delivery delivery;
    private final Database state;
    private final Clock clock;
    private final Endpoint endpoint;
    private final ProducerTemplate template;

    EndpointSink(SinkOptions.Endpoint options, Delivery delivery, Database state, Clock clock) {
        this.options = options;
        this.delivery = delivery;
        this.state = state;
        this.clock = clock;
        this.template = delivery.template();
        this.endpoint = SinkEndpoint.of(template.getCamelContext(), options);
    }

    @Override
    public StreamWriter open(Stream stream, SyncMode mode, long syncId, Checkpoints checkpoints) {
        return new EndpointWriter(stream, syncId, clock, state, checkpoints,
                (body, headers) -> delivery.send(template, endpoint, options, body, headers));
    }
}
