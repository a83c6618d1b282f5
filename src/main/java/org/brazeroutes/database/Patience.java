package org.brazeroutes.database;

import java.time.Duration;

/** How long something is tried again that may soon be possible. */
public final class Patience {

    private final long until;
    private final Duration pause;

    /** From now on for so long, with pauses between the tries. */
    public Patience(Duration length, Duration pause) {
        this.until = System.nanoTime() + length.toNanos();
        this.pause = pause;
    }

    /** Waits before a further try; false if it is at an end, or the thread was interrupted. */
    public boolean tryAgain() {
        return System.nanoTime() - until <= 0 && paused(pause.toMillis());
    }

    /** False if the thread was interrupted. */
    static boolean paused(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
