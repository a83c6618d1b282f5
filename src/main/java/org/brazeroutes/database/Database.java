package org.brazeroutes.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import org.brazeroutes.stream.Causes;

/** The database that holds tables or state: its connections, its names, and transactions of one connection each. */
public final class Database implements AutoCloseable {

    /** How often a transaction is done that the database rolls back for others. */
    private static final int TRIES = 5;

    private static final int ANSWER_SECONDS = 2;

    /** SQL states of a row, a table or a schema that is there already. */
    private static final Pattern EXISTS = Pattern.compile("23...|42S01|42P0[67]");

    /** SQL states of a transaction that cannot go on beside another one, or waits for one that waits for it. */
    private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01");

    /** Work on one connection; done again, it must do the same. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final DatabaseSettings settings;
    private final FailureText failures;
    private final AutoCloseable server;
    private final Optional<H2File> file;
    private final Optional<Object> identity;
    /** By the database itself, as it said with a failure. */
    private volatile boolean closed;
    /**
     * Whose turn it is to write; who has it may begin another transaction inside. H2 collects what it writes to its file table by
     * table while transactions go on: of one that is under way a change may get into the file, and not the record of how to take it
     * back. After a kill at such a moment the changed row stays locked for ever. So H2's transactions follow each other, and each is
     * written before the next one's turn (see {@link H2File}); elsewhere they share the lock.
     */
    private final Lock turn;

    private Database(HikariDataSource pool, Dialect dialect, DatabaseSettings settings, AutoCloseable server) {
        this.pool = pool;
        ReadWriteLock lock = new ReentrantReadWriteLock();
        this.turn = dialect.oneWriter(pool.getJdbcUrl()) ? lock.writeLock() : lock.readLock();
        this.dialect = dialect;
        this.settings = settings;
        this.failures = new FailureText(settings, dialect);
        this.server = server;
        this.file = H2File.of(settings.url());
        this.identity = file.flatMap(H2File::identity);
    }

    /**
     * Opens the database for writing. Throws BusyException if another process of ours has it, DatabaseException if it
     * cannot be opened.
     */
    public static Database open(DatabaseSettings settings) {
        Database database = H2File.of(settings.url()).map(file -> file.open(settings))
                .orElseGet(() -> open(settings, settings.url(), () -> { }));
        try {
            database.schema().createIfMissing();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens the database for reading only; empty if it is a file that does not exist. */
    public static Optional<Database> read(DatabaseSettings settings) {
        return H2File.of(settings.url()).map(file -> file.read(settings))
                .orElseGet(() -> Optional.of(open(settings, settings.url(), () -> { })));
    }

    static Database open(DatabaseSettings settings, String url, AutoCloseable server) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(url);
        config.setUsername(settings.username());
        config.setPassword(settings.password());
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(10_000);
        Drivers.require(settings);
        Dialect dialect = Dialect.of(url);
        dialect.configure(config);
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config);
            try (Connection connection = pool.getConnection()) {
                return new Database(pool, dialect.on(connection), settings, server);
            }
        } catch (SQLException | RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            throw new FailureText(settings, dialect).opening(e);
        }
    }

    /** Whether a database of this product can replace rows; it need not be there. */
    public static boolean replaces(DatabaseSettings settings) {
        return Dialect.of(settings.url()).replaces();
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The schema of our tables. */
    public Schema schema() {
        return new Schema(this, settings);
    }

    /** The table of that name, in SQL: with schema and prefix. */
    public String table(String name) {
        String table = dialect.quoted(settings.prefix() + name);
        return settings.schema().isEmpty() ? table : schemaName() + "." + table;
    }

    String schemaName() {
        return dialect.quote(dialect.storedSchema(settings.schema()));
    }

    /** The table's name as its catalogue stores it, with the prefix. */
    public String storedName(String name) {
        return dialect.stored(settings.prefix() + name);
    }

    /** Where the database is, without credentials. */
    public String shown() {
        return settings.shown();
    }

    /** A connection of the pool, for who closes it. */
    public Connection connection() throws SQLException {
        if (identity.isPresent() && !file.flatMap(H2File::identity).equals(identity)) {
            // it goes on to take what is written to it, until the process ends
            throw new SQLException("its file was removed or replaced. Stop the process, put the file back if it is to be kept, and start again");
        }
        reopen();
        return pool.getConnection();
    }

    /**
     * H2 closes a file that it cannot write, under its connections, which it goes on calling valid. New ones open it again, but not
     * before there is room: on a disk that is still full H2 may come to wait for itself for ever.
     */
    private void reopen() throws SQLException {
        if (closed) {
            if (file.filter(full -> !full.hasRoom()).isPresent()) {
                throw new SQLException("there is no room on its disk, less than " + H2File.ROOM_MB + " MB. It goes on when there is");
            }
            closed = false;
            pool.getHikariPoolMXBean().softEvictConnections();
        }
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
                boolean forOthers = ROLLED_BACK.contains(String.valueOf(e.getSQLState()));
                if (tries == TRIES || !forOthers || !paused(ThreadLocalRandom.current().nextLong(20L << tries))) {
                    throw e;
                }
            }
        }
    }

    /** Waits before a further try; false if the thread was interrupted. */
    public static boolean paused(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
            throw failures.connectionLost(e) ? new UnknownOutcomeException(e) : e;
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
                boolean exists = Causes.deepest(e) instanceof SQLException failure && EXISTS.matcher(String.valueOf(failure.getSQLState())).matches();
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
     * of an answer, where it would wait for ever for the next one: that connection is cut, and its server rolls back.
     */
    private void rollBack(Connection connection, Throwable why) {
        try {
            if (why instanceof Error && dialect.breaksByErrors()) {
                connection.abort(Runnable::run);
                pool.evictConnection(connection);
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
                execute(connection, sql);
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
        if (dialect.isClosed(e)) {
            closed = true;
        } else if (failures.connectionLost(e)) {
            // the others went with it, and the pool would hand them out for some time yet
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        return failures.whileOpen(e);
    }

    /** Executes one statement without parameters. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        pool.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new DatabaseException("closing " + settings.shown() + ": " + e.getMessage(), e);
        }
    }
}
