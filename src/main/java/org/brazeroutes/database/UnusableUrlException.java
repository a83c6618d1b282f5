package org.brazeroutes.database;

/** The JDBC URL cannot be used, whatever state its server is in. */
public final class UnusableUrlException extends DatabaseException {

    UnusableUrlException(String message) {
        super(message);
    }

    UnusableUrlException(String message, Throwable cause) {
        super(message, cause);
    }
}
