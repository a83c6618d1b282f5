package org.brazeroutes.sink;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.time.Clock;
import org.brazeroutes.database.Database;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** A table for each stream, and beside it one for each of its unnested parts. */
public final class JdbcSink implements Sink {

    private final Database database;
    private final Tables tables;
    private final boolean unnest;
    private final Clock clock;

    public JdbcSink(Database database, boolean unnest, boolean adopt, Clock clock) {
        this.database = database;
        this.tables = new Tables(database, adopt);
        this.unnest = unnest;
        this.clock = clock;
        database.transaction(connection -> {
            tables.createRegister(connection);
            return null;
        });
    }

    @Override
    public Set<SyncMode> modes(Stream.Kind kind) {
        List<SyncMode> modes = new ArrayList<>(List.of(SyncMode.FULL_REFRESH_OVERWRITE, SyncMode.INCREMENTAL_DEDUP));
        if (kind == Stream.Kind.SERIES) {
            java.util.Collections.reverse(modes);
        }
        return new LinkedHashSet<>(modes);
    }

    @Override
    public StreamWriter open(Stream stream, SyncMode mode, long syncId) {
        boolean marksRemoved = stream.kind() != Stream.Kind.SERIES && mode == SyncMode.INCREMENTAL_DEDUP;
        Table table = Table.of(stream.name(), stream.columns(), stream.primaryKey(), marksRemoved);
        Unnester unnester = new Unnester(database, tables, stream, table, unnest);
        database.transaction(connection -> {
            tables.prepare(connection, table);
            unnester.prepare(connection);
            return null;
        });
        Target target = new Target(database, tables, table, unnester, clock, syncId);
        return stream.kind() == Stream.Kind.SERIES && mode == SyncMode.INCREMENTAL_DEDUP
                ? new DirectWriter(target) : new StagedWriter(target, mode);
    }

    @Override
    public void drop(Stream stream) {
        database.transaction(connection -> {
            for (var part : stream.unnest()) {
                tables.drop(connection, part.table());
            }
            tables.drop(connection, stream.name());
            return null;
        });
    }
}
