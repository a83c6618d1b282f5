package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.brazeroutes.stream.Causes;

/** The database that holds tables or state, and transactions of one connection each. */
public final class Database implements AutoCloseable {

    /** How often a transaction is done that the database rolls back for others. */
    private static final int TRIES = 5;

    private static final int ANSWER_SECONDS = 2;

    /** SQL states of a row, a table or a schema that is there already. */
    private static final String EXISTS = "23...|42S01|42P0[67]";

    /** SQL states of a transaction that cannot go on beside another one, or waits for one that waits for it. */
    private static final String ROLLED_BACK = "40001|40P01";

    /** Work on one connection; done again, it must do the same. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final DatabaseSettings settings;
    private final Connections connections;
    private final Dialect dialect;
    private final Schema schema;
    /**
     * Whose turn it is to write; who has it may begin another transaction inside. H2 collects what it writes to its file table by
     * table while transactions go on: of one that is under way a change may get into the file, and not the record of how to take it
     * back. After a kill at such a moment the changed row stays locked for ever. So H2's transactions follow each other, and each is
     * written before the next one's turn (see {@link H2File#writingUrl}); elsewhere they share the lock.
     */
    private final Lock turn;

    private Database(DatabaseSettings settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
        this.dialect = connections.dialect();
        this.schema = new Schema(settings, dialect);
        ReadWriteLock lock = new ReentrantReadWriteLock();
        this.turn = connections.oneWriter() ? lock.writeLock() : lock.readLock();
    }

    /**
     * Opens the database for writing. Throws BusyException if another process of ours has it, DatabaseException if it
     * cannot be opened.
     */
    public static Database open(DatabaseSettings settings) {
        Database database = new Database(settings, H2File.of(settings.url()).map(file -> new H2Opening(file, settings).forWriting())
                .orElseGet(() -> Connections.open(settings)));
        try {
            database.createSchema();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void createSchema() {
        if (!settings.schema().isEmpty()) {
            creating(connection -> {
                schema.createIfMissing(connection);
                return null;
            });
        }
    }

    /** Opens the database for reading only; empty if it is a file that does not exist. */
    public static Optional<Database> read(DatabaseSettings settings) {
        return H2File.of(settings.url()).map(file -> new H2Opening(file, settings).forReading())
                .orElseGet(() -> Optional.of(Connections.open(settings))).map(connections -> new Database(settings, connections));
    }

    /** Whether a database of this product can replace rows; it need not be there. */
    public static boolean replaces(DatabaseSettings settings) {
        return Dialect.of(settings.url()).replaces();
    }

    DatabaseSettings settings() {
        return settings;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The schema of our tables. */
    public Schema schema() {
        return schema;
    }

    /** The table of that name, in SQL: with schema and prefix. */
    public String table(String name) {
        return schema.table(name);
    }

    /** Where the database is, without credentials. */
    public String shown() {
        return settings.shown();
    }

    /** A connection of the pool, for who closes it. */
    public Connection connection() throws SQLException {
        return connections.take();
    }

    /** Whether the database answers just now. */
    public boolean answers() {
        try (Connection connection = connection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Runs the work in one transaction; an exception rolls it back. */
    public <T> T transaction(Work<T> work) {
        // the connection first: a new one may need what another thread gives free only after its turn
        try (Connection connection = connection()) {
            return transaction(connection, work);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * The same on a connection that the caller keeps. Where the database rolled it back for the sake of another one, by a
     * deadlock or because the two cannot follow each other, it is done again.
     */
    public <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        for (int tries = 1;; tries++) {
            try {
                return tryTransaction(connection, work);
            } catch (SQLException e) {
                if (tries == TRIES || !Sql.hasState(e, ROLLED_BACK) || !Patience.paused(ThreadLocalRandom.current().nextLong(20L << tries))) {
                    throw e;
                }
            }
        }
    }

    private <T> T tryTransaction(Connection connection, Work<T> work) throws SQLException {
        turn.lock();
        try {
            connection.setAutoCommit(false);
            T result = work.with(connection);
            commit(connection);
            return result;
        } catch (Throwable e) {
            // an Error too: what comes next on this connection must not commit half of this
            rollBack(connection, e);
            throw e;
        } finally {
            turn.unlock();
        }
    }

    /** What MariaDB is told after the commit counts as a part of it: a connection may be lost there too, with everything stored. */
    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw connections.isLost(e) ? new UnknownOutcomeException(e) : e;
        }
    }

    /**
     * The transaction, once more if it fails, and as often as it meets what another process has created at the same moment: table
     * after table, where each is final.
     */
    public <T> T creating(Work<T> work) {
        for (int tries = 1;; tries++) {
            try {
                return transaction(work);
            } catch (DatabaseException e) {
                boolean exists = Causes.deepest(e) instanceof SQLException failure && Sql.hasState(failure, EXISTS);
                if (tries == (exists ? TRIES : 2)) {
                    throw e;
                }
            }
        }
    }

    /** Runs statements that are no part of a transaction, such as those that change the table layout. */
    public <T> T alone(Connection connection, Work<T> work) throws SQLException {
        turn.lock();
        try {
            return work.with(connection);
        } finally {
            turn.unlock();
        }
    }

    /**
     * On a connection that broke this fails too; what broke it is what must be told. An Error may have left the driver in the middle
     * of an answer, where it would wait for ever for the next one.
     */
    private void rollBack(Connection connection, Throwable why) {
        try {
            if (why instanceof Error && dialect.breaksByErrors()) {
                connections.cut(connection);
            } else {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /** Makes sure that what is committed outlives this machine's power too, or throws. */
    public void flush() {
        dialect.flush().ifPresent(sql -> transaction(connection -> {
            try {
                Sql.execute(connection, sql);
            } catch (SQLException e) {
                if (!dialect.lacksRight(e)) {
                    throw e;
                }
                // on a server it is for its administrator to say how soon it writes
            }
            return null;
        }));
    }

    /** One line that says what the database said. */
    public DatabaseException failed(SQLException e) {
        return connections.failed(e);
    }

    @Override
    public void close() {
        connections.close();
    }
}
