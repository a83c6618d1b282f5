package org.brazeroutes.pass;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brazeroutes.braze.StoppedException;

/** The process's one stop: every wait ends at once when it comes. */
public final class Halt {

    private final CountDownLatch stop = new CountDownLatch(1);

    /** Stops for good. */
    public void stop() {
        stop.countDown();
    }

    boolean stopped() {
        return stop.getCount() == 0;
    }

    /** Throws StoppedException if the process is being stopped. */
    void check() {
        if (stopped()) {
            throw new StoppedException();
        }
    }

    /** Waits so long. Throws StoppedException if the process is being stopped meanwhile. */
    public void sleep(Duration time) {
        try {
            if (stop.await(time.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
