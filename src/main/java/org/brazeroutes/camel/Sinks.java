package org.brazeroutes.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.function.IntFunction;
import org.apache.camel.CamelContext;
import org.brazeroutes.database.Database;
import org.brazeroutes.pass.Halt;
import org.brazeroutes.sink.FileSink;
import org.brazeroutes.sink.JdbcSink;
import org.brazeroutes.sink.Sink;
import org.brazeroutes.stream.Stream;

/** Makes the target that the options name. */
public final class Sinks {

    private Sinks() {
    }

    static Sink open(EngineOptions options, Database database, CamelContext context, IntFunction<Duration> backOff, Halt halt) {
        if (options.sink() instanceof SinkOptions.Endpoint endpoint) {
            return new EndpointSink(context, endpoint, database, options.clock(), options.braze().tries().retries(), backOff, halt);
        }
        return options.sink() instanceof SinkOptions.Files files ? files(files, database, options.clock())
                : tables((SinkOptions.Jdbc) options.sink(), database, options.clock());
    }

    /** Removes what tables or files hold of a stream, with what was read of it; what was sent to an endpoint cannot be taken back. */
    public static void drop(EngineOptions options, Database database, Stream stream, Database.Work<?> forget) {
        if (options.sink() instanceof SinkOptions.Files files) {
            files(files, database, options.clock()).drop(stream, forget);
        } else {
            tables((SinkOptions.Jdbc) options.sink(), database, options.clock()).drop(stream, forget);
        }
    }

    private static FileSink files(SinkOptions.Files sink, Database database, Clock clock) {
        return new FileSink(sink.files(), database, clock);
    }

    private static JdbcSink tables(SinkOptions.Jdbc sink, Database database, Clock clock) {
        return new JdbcSink(database, sink.unnest(), sink.adopt(), clock);
    }
}
