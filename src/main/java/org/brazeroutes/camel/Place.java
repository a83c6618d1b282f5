package org.brazeroutes.camel;

import java.util.concurrent.Semaphore;
import org.brazeroutes.braze.StoppedException;

/**
 * A stream's place among those that work at the same time. It is held while at least one thread of the stream works, so a
 * stream whose threads all wait for a limit gives it up.
 */
final class Place {

    private final Semaphore places;
    private int working;

    Place(Semaphore places) {
        this.places = places;
    }

    synchronized void enter() {
        if (working == 0) {
            try {
                places.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            }
        }
        working++;
    }

    synchronized void leave() {
        if (--working == 0) {
            places.release();
        }
    }
}
