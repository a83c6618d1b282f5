package org.brazeroutes.pass;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.brazeroutes.braze.StoppedException;

/**
 * A stream's place among those that work at the same time. It is held while at least one thread of the stream works, so a
 * stream whose threads all wait for a limit gives it up.
 */
final class Place {

    private final Semaphore places;
    private final ReentrantLock lock = new ReentrantLock();
    private int working;

    Place(Semaphore places) {
        this.places = places;
    }

    void enter() {
        lock.lock();
        try {
            if (working == 0) {
                places.acquire();
            }
            working++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            if (working > 0 && --working == 0) {
                places.release();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Frees the place if threads ended without leaving it. If the lock is taken, a thread still waits for a place, so none is held. */
    void leaveForGood() {
        if (lock.tryLock()) {
            try {
                if (working > 0) {
                    working = 0;
                    places.release();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
