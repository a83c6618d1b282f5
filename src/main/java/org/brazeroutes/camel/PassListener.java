package org.brazeroutes.camel;

/** Hears of passes; called by the threads that run them. */
public interface PassListener {

    void started(String stream);

    void ended(PassResult result);
}
