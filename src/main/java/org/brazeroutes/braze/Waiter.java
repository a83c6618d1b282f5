package org.brazeroutes.braze;

import java.time.Duration;

/** Waits on behalf of a request; ends early with StoppedException when the process stops. */
public interface Waiter {

    /** Why a request waits. */
    enum Why {
        /** Braze's rate limit. */
        RATE_LIMIT,
        /** The pause between two tries. */
        RETRY,
        /** The endpoint or the key does not work just now. */
        PAUSE
    }

    void await(Duration time, Why why);

    /** Braze refuses the key; the request will wait until it is accepted again. */
    void refused(BrazeException why);
}
