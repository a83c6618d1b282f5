package org.brazeroutes.camel;

/** A route uses our steps otherwise than they work; the message says how they do. */
final class RouteException extends RuntimeException {

    RouteException(String message) {
        super(message);
    }
}
