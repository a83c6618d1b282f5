package org.brazeroutes.camel;

import java.time.Clock;
import org.brazeroutes.database.Database;
import org.brazeroutes.sink.FileSink;
import org.brazeroutes.sink.JdbcSink;
import org.brazeroutes.sink.Sink;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

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

    /** The mode of a stream for which none is set. */
    public static SyncMode defaultMode(SinkOptions sink, Stream.Kind kind) {
        if (kind == Stream.Kind.SERIES) {
            return sink instanceof SinkOptions.Jdbc ? SyncMode.INCREMENTAL_DEDUP : SyncMode.INCREMENTAL_APPEND;
        }
        return sink instanceof SinkOptions.Endpoint ? SyncMode.FULL_REFRESH_APPEND : SyncMode.FULL_REFRESH_OVERWRITE;
    }

    /** Removes what the target holds of a stream; what was sent to an endpoint cannot be taken back. */
    public static void drop(SinkOptions sink, Database database, Stream stream) {
        if (!(sink instanceof SinkOptions.Endpoint)) {
            stored(sink, database, Clock.systemUTC()).drop(stream);
        }
    }
}
