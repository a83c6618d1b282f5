package org.brazeroutes.sink;

/** The target cannot take the stream; the message is one line that says what, where and what to do. */
public final class SinkException extends RuntimeException {

    public SinkException(String message) {
        super(message);
    }

    public SinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
