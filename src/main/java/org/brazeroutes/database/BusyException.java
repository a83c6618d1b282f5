package org.brazeroutes.database;

/** Another process holds the database or the stream. */
public final class BusyException extends RuntimeException {

    public BusyException(String message) {
        super(message);
    }
}
