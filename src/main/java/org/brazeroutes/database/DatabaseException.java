package org.brazeroutes.database;

/** The database refused or could not be reached; the message is one line that says what, where and what to do. */
public sealed class DatabaseException extends RuntimeException permits UnusableUrlException {

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
