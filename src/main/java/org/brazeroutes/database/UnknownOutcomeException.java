package org.brazeroutes.database;

import java.sql.SQLException;

/** The connection broke while a transaction was being committed: it may be stored, or not. */
public final class UnknownOutcomeException extends SQLException {

    UnknownOutcomeException(SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause);
    }
}
