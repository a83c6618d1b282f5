package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import org.brazeroutes.database.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A writer's connection and its stage, a table of the target's columns that only this connection sees; each is made when it is needed. */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Target target;
    private Connection connection;
    private String stage;

    Session(Target target) {
        this.target = target;
    }

    Connection connection() throws SQLException {
        if (connection == null) {
            connection = target.database().connection();
        }
        return connection;
    }

    /** Outside of transactions: in some databases the first call would end one. */
    String stage() throws SQLException {
        if (stage == null) {
            stage = target.database().alone(connection(), c -> target.tables().createStage(c, target.table()));
        }
        return stage;
    }

    /** Drops the stage too, for the pool may hand the same connection to the next pass. It can be used again. */
    @Override
    public void close() {
        if (connection == null) {
            return;
        }
        try (Connection closing = connection) {
            if (stage != null && !closing.isClosed()) {
                target.database().alone(closing, c -> {
                    Sql.execute(c, target.dialect().dropSessionTable(stage));
                    return null;
                });
            }
        } catch (SQLException e) {
            // the connection broke and took its session's stage along; the pool replaces it
            LOG.debug("closing a connection: {}", e.getMessage());
        } finally {
            connection = null;
            stage = null;
        }
    }
}
