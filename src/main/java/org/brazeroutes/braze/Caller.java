package org.brazeroutes.braze;

import java.time.Duration;
import java.time.Instant;

/** Whom a request is made for: it waits for it, and may count what was done. */
public interface Caller {

    /** Why a request waits. */
    enum Why {
        /** Braze's rate limit. */
        RATE_LIMIT,
        /** The pause between two tries. */
        RETRY,
        /** The endpoint or the key does not work just now. */
        PAUSE
    }

    /** When the work that needs the request began, by this machine's clock. */
    Instant began();

    /** Waits; ends early with StoppedException when the process stops. */
    void await(Duration time, Why why);

    /** Braze refuses the key; the request will wait until it is accepted again. */
    void refused(BrazeException why);

    /** A try is sent. */
    default void request() {
        // not counted
    }

    /** A try failed as the words say, and another follows. */
    default void retry(String what) {
        // not counted
    }
}
