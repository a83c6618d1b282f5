package org.brazeroutes.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.database.Patience;
import org.brazeroutes.database.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writer a stream: a lease in the state, renewed while its pass runs and checked by every transaction that stores
 * rows. A lease that is not renewed ends after a minute; one whose process is gone from this host ends at once.
 */
public final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final Duration LENGTH = Duration.ofSeconds(60);
    /** A third of the length: two renewals may fail before the lease ends. */
    public static final Duration RENEWAL = LENGTH.dividedBy(3);

    /** How long a transaction that has the lease is waited for: that of a process that was killed ends soon, that of a host which is gone does not. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Database database;
    private final Owner self;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    public Leases(Database database, Owner self) {
        this.database = database;
        this.self = self;
    }

    /** Takes the stream for this process and gives its pass a number; empty if another process has it. */
    public Optional<Long> take(String stream, long atLeast) {
        return takeUnlocked(stream, atLeast).syncId;
    }

    /**
     * The same, but a lease that is neither renewed nor given free is waited for, as its owner may have been killed where this process
     * cannot see it, in another container say.
     *
     * @param sleep waits so long, or throws
     */
    public Optional<Long> takeFromDead(String stream, long atLeast, Consumer<Duration> sleep) {
        Taken taken = takeUnlocked(stream, atLeast);
        Instant until = taken.until;
        if (until != null) {
            LOG.info("{}: another process has this stream; if it is dead, its lease ends within a minute", stream);
        }
        while (taken.until != null) {
            sleep.accept(LOOK_AGAIN);
            if (!ends(stream, until)) {
                return Optional.empty();
            }
            taken = takeUnlocked(stream, atLeast);
        }
        return taken.syncId;
    }

    private boolean ends(String stream, Instant time) {
        return database.transaction(connection -> Sql.query(connection, "select lease_until from " + table() + " where stream = ?",
                row -> database.dialect().time(row, 1), stream)).contains(time);
    }

    private Taken takeUnlocked(String stream, long atLeast) {
        var patience = new Patience(PATIENCE, PAUSE);
        Taken taken = tryTake(stream, atLeast);
        while (taken.locked && patience.tryAgain()) {
            taken = tryTake(stream, atLeast);
        }
        taken.syncId.ifPresent(id -> held.add(stream));
        return taken;
    }

    /**
     * How taking a lease went.
     *
     * @param locked true if it is in somebody's transaction: its owner's, which may be dead, while its server still works for it
     * @param until  when that of another process ends, or null
     */
    private record Taken(boolean locked, Instant until, Optional<Long> syncId) {
    }

    private Taken tryTake(String stream, long atLeast) {
        return database.creating(connection -> {
            ensureRow(database, connection, stream);
            List<Lease> found = Sql.query(connection, "select owner, owner_host, owner_pid, owner_started, lease_until, sync_id, "
                    + database.dialect().now() + " from " + table() + " where stream = ?" + database.dialect().lockForUpdate(), row -> new Lease(
                            row.getString(1) == null ? null
                                    : new Owner(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)),
                            database.dialect().time(row, 5), row.getLong(6), database.dialect().time(row, 7)), stream);
            if (found.isEmpty()) {
                return new Taken(true, null, Optional.empty());
            }
            Lease lease = found.get(0);
            if (lease.owner != null && lease.until.isAfter(lease.now) && !lease.owner.id().equals(self.id())
                    && !lease.owner.gone(self)) {
                return new Taken(false, lease.until, Optional.empty());
            }
            long next = Math.max(lease.syncId + 1, atLeast);
            Sql.update(connection, "update " + table() + " set owner = ?, owner_host = ?, owner_pid = ?, "
                    + "owner_started = ?, lease_until = ?, sync_id = ? where stream = ?", self.id(), self.host(), self.pid(),
                    self.started(), database.dialect().time(lease.now.plus(LENGTH)), next, stream);
            return new Taken(false, null, Optional.of(next));
        });
    }

    private record Lease(Owner owner, Instant until, long syncId, Instant now) {
    }

    /** Renews all leases of this process. */
    public void renew() {
        DatabaseException failed = null;
        for (String stream : held) {
            try {
                renew(stream);
            } catch (DatabaseException e) {
                // one that waits for a long transaction must not take the others along
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void renew(String stream) {
        database.transaction(connection -> {
            Instant now = Sql.query(connection, "select " + database.dialect().now() + " from " + table()
                    + " where stream = ?", row -> database.dialect().time(row, 1), stream).get(0);
            return Sql.update(connection, "update " + table() + " set lease_until = ? where stream = ? and owner = ?",
                    database.dialect().time(now.plus(LENGTH)), stream, self.id());
        });
    }

    /** Fails unless this process has the stream, and keeps it so until the caller's transaction ends. */
    public void check(Connection connection, String stream) throws SQLException {
        List<String> owner = Sql.query(connection, "select owner from " + table() + " where stream = ?"
                + database.dialect().lockForShare(), row -> row.getString(1), stream);
        if (!owner.equals(List.of(self.id()))) {
            throw new LeaseLostException(stream);
        }
    }

    public void release(String stream) {
        if (held.remove(stream)) {
            try {
                free(stream);
            } catch (DatabaseException e) {
                // the pool handed out a connection that had just broken; a lease that stays would stop others for a minute
                free(stream);
            }
        }
    }

    private void free(String stream) {
        database.transaction(connection -> Sql.update(connection, "update " + table()
                + " set owner = null, lease_until = null where stream = ? and owner = ?", stream, self.id()));
    }

    /** The largest number that any pass had. */
    public long lastSyncId() {
        return database.transaction(connection -> Sql.query(connection,
                "select coalesce(max(sync_id), 0) from " + table(), row -> row.getLong(1))).get(0);
    }

    static void ensureRow(Database database, Connection connection, String stream) throws SQLException {
        String streams = database.table(StateTables.STREAMS);
        if (!Sql.any(connection, "select 1 from " + streams + " where stream = ?", stream)) {
            Sql.update(connection, "insert into " + streams + " (stream, sync_id, listed, empty_once) values (?, 0, 0, false)", stream);
        }
    }

    private String table() {
        return database.table(StateTables.STREAMS);
    }
}
