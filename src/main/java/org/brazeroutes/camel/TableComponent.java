package org.brazeroutes.camel;

import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.brazeroutes.pass.Partition;
import org.brazeroutes.pass.RouteException;

/**
 * The sink, {@code table:<stream>}: stores the records in the body together with their checkpoint, in one transaction. Its
 * parameters declare the stream; they are read when the route file is loaded.
 */
final class TableComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String stream, Map<String, Object> parameters) {
        parameters.clear();
        return new TableEndpoint(uri, stream, this);
    }

    private static final class TableEndpoint extends DefaultEndpoint {

        private final String stream;

        TableEndpoint(String uri, String stream, TableComponent component) {
            super(uri, component);
            this.stream = stream;
        }

        @Override
        public Producer createProducer() {
            return new TableProducer(this);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("table:" + stream + " is where records go; a route begins with timer:" + stream);
        }
    }

    private static final class TableProducer extends DefaultProducer {

        TableProducer(TableEndpoint endpoint) {
            super(endpoint);
        }

        @Override
        public void process(Exchange exchange) {
            Partition partition = exchange.getProperty(BrazeRoute.PARTITION, Partition.class);
            if (partition == null) {
                throw new RouteException("table: stores what direct:braze answered; put that step before it");
            }
            try {
                partition.store(records(exchange));
            } catch (Error e) {
                // for an Error Camel would go on with the loop and tell the records, which are its body, as the failure
                throw new IllegalStateException("storing records: " + e, e);
            }
            exchange.getMessage().setBody(partition);
        }

        @SuppressWarnings("unchecked")
        private static List<Map<String, Object>> records(Exchange exchange) {
            Object body = exchange.getMessage().getBody();
            if (body instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
                return (List<Map<String, Object>>) body;
            }
            throw new RouteException("table: stores a list of records, but the body is "
                    + (body == null ? "empty" : body.getClass().getSimpleName()) + "; put setBody ${body.records} before it");
        }
    }
}
