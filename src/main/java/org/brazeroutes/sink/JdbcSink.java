package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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
        database.creating(connection -> {
            tables.register().create(connection);
            return null;
        });
    }

    /** Throws what would keep a stream from its tables, and changes nothing; false if a table is not there yet. */
    public static boolean check(Database database, Stream stream, SyncMode mode, boolean unnest, boolean adopt) {
        Tables tables = new Tables(database, adopt);
        Table table = table(stream, mode);
        return database.transaction(connection -> {
            checkDays(tables, connection, table, mode);
            return tables.check(connection, table, stream.name()) & new Unnester(database, tables, stream, table, unnest).check(connection);
        });
    }

    /** Which days a table of others holds nobody knows: all would be appended to them. */
    private static void checkDays(Tables tables, Connection connection, Table table, SyncMode mode) throws SQLException {
        if (mode == SyncMode.INCREMENTAL_APPEND) {
            tables.requireOurs(connection, table);
        }
    }

    private static Table table(Stream stream, SyncMode mode) {
        boolean marksRemoved = stream.kind() != Stream.Kind.SERIES && mode == SyncMode.INCREMENTAL_DEDUP;
        Table keyed = Table.of(stream.name(), stream.columns(), stream.primaryKey(), marksRemoved);
        return mode.appends() ? keyed.withoutKey() : keyed;
    }

    @Override
    public StreamWriter open(Stream stream, SyncMode mode, long syncId, Checkpoints checkpoints) {
        Table table = table(stream, mode);
        Unnester unnester = new Unnester(database, tables, stream, table, unnest);
        boolean direct = stream.kind() == Stream.Kind.SERIES && mode.incremental();
        Target target = new Target(database, tables, table, unnester, clock, syncId, checkpoints);
        return database.transaction(connection -> {
            Map<String, String> existing = database.schema().columns(connection, table.name());
            if (existing.isEmpty()) {
                // before the table is made: in MariaDB that commits, and nobody must find it with days that are said to be in it
                checkpoints.forget(connection);
                unnester.empty(connection);
            }
            checkDays(tables, connection, table, mode);
            tables.prepare(connection, table, stream.name(), existing);
            unnester.prepare(connection);
            return direct ? new DirectWriter(target, tables.isEmpty(connection, table))
                    : new StagedWriter(target, mode, existing.containsKey(database.dialect().stored(Table.REMOVED_AT)), stream.partition());
        });
    }

    /** Drops the stream's tables of ours, then forgets in the same transaction what was read of it, if the database can do both in one. */
    public void drop(Stream stream, Database.Work<?> forget) {
        database.transaction(connection -> {
            Set<String> unnested = new LinkedHashSet<>(tables.register().unnested(connection, stream.name()));
            stream.unnest().forEach(part -> unnested.add(part.table()));
            for (String table : unnested) {
                tables.drop(connection, table);
            }
            tables.drop(connection, stream.name());
            return forget.with(connection);
        });
    }
}
