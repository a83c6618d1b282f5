package org.brazeroutes.database;

/** The JDBC URL leads nowhere, or to a database that cannot be used, whatever state its server is in. */
public final class UnusableUrlException extends DatabaseException {

    UnusableUrlException(String message) {
        super(message);
    }

    UnusableUrlException(String message, Throwable cause) {
        super(message, cause);
    }
}
