package org.brazeroutes.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The connections to a database, as a pool: one that has broken is not handed out again. */
final class Connections implements AutoCloseable {

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final DatabaseSettings settings;
    private final FailureText failures;
    private final AutoCloseable server;
    private final Optional<H2File> file;
    private final Optional<Object> identity;
    /** By the database itself, as it said with a failure. */
    private volatile boolean closed;

    private Connections(HikariDataSource pool, Dialect dialect, DatabaseSettings settings, AutoCloseable server) {
        this.pool = pool;
        this.dialect = dialect;
        this.settings = settings;
        this.failures = new FailureText(settings, dialect);
        this.server = server;
        this.file = H2File.of(settings.url());
        this.identity = file.flatMap(H2File::identity);
    }

    /** Those to the server of the settings' URL. */
    static Connections open(DatabaseSettings settings) {
        return open(settings, settings.url(), () -> { });
    }

    /**
     * Those by another URL.
     *
     * @param server ends when they are closed
     */
    static Connections open(DatabaseSettings settings, String url, AutoCloseable server) {
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
                return new Connections(pool, dialect.on(connection), settings, server);
            }
        } catch (SQLException | RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            throw new FailureText(settings, dialect).opening(e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** True if one transaction must not run beside another. */
    boolean oneWriter() {
        return dialect.oneWriter(pool.getJdbcUrl());
    }

    /** A connection of the pool, for who closes it. */
    Connection take() throws SQLException {
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
            renew();
        }
    }

    /** No connection that is open now is handed out again. */
    private void renew() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** Ends a connection that may be in the middle of an answer; its server rolls back. */
    void cut(Connection connection) throws SQLException {
        connection.abort(Runnable::run);
        pool.evictConnection(connection);
    }

    boolean isLost(SQLException e) {
        return failures.connectionLost(e);
    }

    /** One line that says what the database said. */
    DatabaseException failed(SQLException e) {
        if (dialect.isClosed(e)) {
            closed = true;
        } else if (isLost(e)) {
            // the others went with it, and the pool would hand them out for some time yet
            renew();
        }
        return failures.whileOpen(e);
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
