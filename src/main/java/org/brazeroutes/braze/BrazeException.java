package org.brazeroutes.braze;

/** A request that did not lead to an answer; the message is one line, and {@link #reason} says what it means. */
public final class BrazeException extends RuntimeException {

    /** What a failure means for the rest of the pass. */
    public enum Reason {
        /** 401 twice: the key is wrong for all streams. */
        UNAUTHORIZED,
        /** Nothing comes through to Braze before something is changed here, whatever is asked: the stream fails. */
        UNREACHABLE,
        /** 403: the key lacks the endpoint's permission; the stream fails. */
        DENIED,
        /** 400 or 404: Braze does not know this object (any more). */
        GONE,
        /** No proper answer after all tries: the partition fails. */
        BROKEN,
        /** The rate limit or the endpoint gave no answer for so long that the stream ends. */
        EXHAUSTED
    }

    private final Reason reason;

    public BrazeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
