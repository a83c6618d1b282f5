package org.brazeroutes.pass;

/** A route uses our steps otherwise than they work, or one of its own failed; the message is one line that says all. */
public final class RouteException extends RuntimeException {

    public RouteException(String message) {
        super(message);
    }

    public RouteException(String message, Throwable cause) {
        super(message, cause);
    }
}
