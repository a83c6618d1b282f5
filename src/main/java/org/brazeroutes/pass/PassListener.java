package org.brazeroutes.pass;

/** Hears of passes; called by the threads that run them. */
public interface PassListener {

    default void started(String stream) {
        // not everybody asks for it
    }

    default void ended(PassResult result) {
        // not everybody asks for it
    }
}
