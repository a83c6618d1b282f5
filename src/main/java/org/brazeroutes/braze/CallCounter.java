package org.brazeroutes.braze;

/** Counts what the calls of a stream did. */
public interface CallCounter {
    void request();

    void retry();
}
