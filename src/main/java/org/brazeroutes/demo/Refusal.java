package org.brazeroutes.demo;

/** Ends the work on a request with a status and a message for the client. */
final class Refusal extends RuntimeException {
    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    Reply reply() {
        return Reply.message(status, getMessage());
    }
}
