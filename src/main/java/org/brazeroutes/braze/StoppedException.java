package org.brazeroutes.braze;

/** The process is being stopped; what is stored stays, the rest is left to the next pass. */
public final class StoppedException extends RuntimeException {

    public StoppedException() {
        super("stopped");
    }
}
