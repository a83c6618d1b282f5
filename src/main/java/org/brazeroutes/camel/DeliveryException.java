package org.brazeroutes.camel;

/** The endpoint did not take a record, however often it was offered. */
final class DeliveryException extends RuntimeException {

    DeliveryException(String message, Throwable cause) {
        super(message, cause);
    }
}
