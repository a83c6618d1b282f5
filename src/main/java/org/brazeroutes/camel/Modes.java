package org.brazeroutes.camel;

import java.util.Collection;
import java.util.List;
import org.brazeroutes.database.Database;
import org.brazeroutes.pass.StartException;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** The sync modes that targets offer. What a target cannot do is known before it is opened. */
public final class Modes {

    private Modes() {
    }

    /** The mode of a stream: the one that is set, else the target's default. */
    public static SyncMode of(EngineOptions options, Stream stream) {
        return options.streams().apply(stream.name()).mode().orElseGet(() -> offered(options, stream.kind()).get(0));
    }

    /** Throws StartException if a stream is to have a mode that the target does not offer for it. */
    static void check(EngineOptions options, Collection<Stream> streams) {
        for (Stream stream : streams) {
            SyncMode mode = of(options, stream);
            List<SyncMode> offered = offered(options, stream.kind());
            if (!offered.contains(mode)) {
                throw new StartException("stream." + stream.name() + ".mode is " + mode + "; this stream and target have "
                        + String.join(", ", offered.stream().map(SyncMode::text).toList()) + hint(options.sink(), mode));
            }
        }
    }

    /** The target's default first. */
    private static List<SyncMode> offered(EngineOptions options, Stream.Kind kind) {
        boolean series = kind == Stream.Kind.SERIES;
        if (options.sink() instanceof SinkOptions.Files) {
            return series ? List.of(SyncMode.INCREMENTAL_APPEND, SyncMode.FULL_REFRESH_OVERWRITE, SyncMode.FULL_REFRESH_APPEND)
                    : List.of(SyncMode.FULL_REFRESH_OVERWRITE, SyncMode.FULL_REFRESH_APPEND);
        }
        if (options.sink() instanceof SinkOptions.Endpoint || !Database.replaces(options.database())) {
            return series ? List.of(SyncMode.INCREMENTAL_APPEND, SyncMode.FULL_REFRESH_APPEND) : List.of(SyncMode.FULL_REFRESH_APPEND);
        }
        return series
                ? List.of(SyncMode.INCREMENTAL_DEDUP, SyncMode.INCREMENTAL_APPEND, SyncMode.FULL_REFRESH_OVERWRITE, SyncMode.FULL_REFRESH_APPEND)
                : List.of(SyncMode.FULL_REFRESH_OVERWRITE, SyncMode.FULL_REFRESH_APPEND, SyncMode.INCREMENTAL_DEDUP);
    }

    /** What to do instead; empty if nothing is to be said. */
    private static String hint(SinkOptions sink, SyncMode refused) {
        if (sink instanceof SinkOptions.Endpoint) {
            return ". What was sent cannot be changed or taken back";
        }
        if (refused.appends()) {
            return "";
        }
        if (sink instanceof SinkOptions.Files) {
            return refused == SyncMode.INCREMENTAL_DEDUP
                    ? ". A file cannot change a row: take the newest _synced_at of each key from the appended ones, or use sink=jdbc" : "";
        }
        return ". Rows are replaced in H2, PostgreSQL, MariaDB and MySQL only; in other databases take the newest _synced_at of each key";
    }
}
