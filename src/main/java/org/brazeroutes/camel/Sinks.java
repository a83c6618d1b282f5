package org.brazeroutes.camel;

import java.time.Clock;
import org.brazeroutes.database.Database;
import org.brazeroutes.sink.FileSink;
import org.brazeroutes.sink.JdbcSink;
import org.brazeroutes.sink.Sink;
import org.brazeroutes.stream.Stream;

/** Makes the target that the options name. */
public final class Sinks {

    private Sinks() {
    }

    static Sink open(EngineOptions options, Database database, Delivery delivery) {
        if (options.sink() instanceof SinkOptions.Endpoint endpoint) {
            return new EndpointSink(endpoint, delivery, database, options.clock());
        }
        return stored(options.sink(), database, options.clock());
    }

    private static Sink stored(SinkOptions sink, Database database, Clock clock) {
        return sink instanceof SinkOptions.Files files ? new FileSink(files.files(), database, clock)
                : new JdbcSink(database, ((SinkOptions.Jdbc) sink).unnest(), ((SinkOptions.Jdbc) sink).adopt(), clock);
    }

    /** Removes what the target holds of a stream; what was sent to an endpoint cannot be taken back. */
    public static void drop(SinkOptions sink, Database database, Stream stream) {
        if (!(sink instanceof SinkOptions.Endpoint)) {
            stored(sink, database, Clock.systemUTC()).drop(stream);
        }
    }
}
