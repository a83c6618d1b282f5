package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import org.brazeroutes.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a connection that had a stage; the pool may hand the same connection to the next pass. */
final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    private Stages() {
    }

    static void close(Database database, Connection connection, String stage) {
        if (connection == null) {
            return;
        }
        try (connection) {
            if (stage != null && !connection.isClosed()) {
                database.alone(connection, c -> {
                    Database.execute(c, database.dialect().dropSessionTable(stage));
                    return null;
                });
            }
        } catch (SQLException e) {
            // the connection broke and took its session's stage along; the pool replaces it
            LOG.debug("closing a connection: {}", e.getMessage());
        }
    }
}
