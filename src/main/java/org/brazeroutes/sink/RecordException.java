package org.brazeroutes.sink;

/** A record cannot be stored; its partition fails and the others go on. The message is one line. */
public final class RecordException extends RuntimeException {

    public RecordException(String message) {
        super(message);
    }

    public RecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
