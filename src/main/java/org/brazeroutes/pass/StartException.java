package org.brazeroutes.pass;

/** The engine cannot start with these settings; the message is one line that says what to change. */
public final class StartException extends RuntimeException {

    public StartException(String message) {
        super(message);
    }
}
