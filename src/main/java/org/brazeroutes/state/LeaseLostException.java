package org.brazeroutes.state;

/** Another process took the stream over; nothing of this transaction is kept. */
public final class LeaseLostException extends RuntimeException {

    LeaseLostException(String stream) {
        super(stream + ": another process has taken this stream over");
    }
}
