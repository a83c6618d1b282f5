package org.brazeroutes.camel;

import java.util.function.LongSupplier;

/** Notices that this machine's clock was set back. Timers would wait until it has caught up, which may take an hour or a day. */
final class ClockWatch {

    /** A clock that is slowed down to become right never runs back as far as this within a minute. */
    private static final long TOLERANCE_MS = 5_000;

    private final LongSupplier wall;
    private final LongSupplier steady;
    private long lastWall;
    private long lastSteady;

    /**
     * @param wall   the time in milliseconds, as somebody set it
     * @param steady milliseconds that nobody sets
     */
    ClockWatch(LongSupplier wall, LongSupplier steady) {
        this.wall = wall;
        this.steady = steady;
        this.lastWall = wall.getAsLong();
        this.lastSteady = steady.getAsLong();
    }

    /** Whether it was set back since the last call. */
    boolean setBack() {
        long wallNow = wall.getAsLong();
        long steadyNow = steady.getAsLong();
        boolean back = wallNow - lastWall < steadyNow - lastSteady - TOLERANCE_MS;
        lastWall = wallNow;
        lastSteady = steadyNow;
        return back;
    }
}
