package org.brazeroutes.stream;

import java.util.OptionalInt;

/**
 * What the server's answers taught about {@code ending_at}: by how many days the last day returned lags behind the day
 * asked for. 0 is the documented reading; 1 a server that leaves the last day out; -1 a workspace whose days begin
 * earlier than the configured zone's. Braze does not say which it is, so the first answers that show it tell.
 */
public final class LastDay {

    /** The day asked for lies within a day of the last one returned, whatever the server's habit. */
    static final int MOST = 1;

    private volatile Integer lag;

    /** The lag, once an answer showed it. */
    OptionalInt lag() {
        Integer known = lag;
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** Takes what an answer showed; false, and nothing changes, for a lag that no habit explains. */
    boolean learn(long days) {
        if (Math.abs(days) > MOST) {
            return false;
        }
        lag = (int) days;
        return true;
    }

    /** True if the server is known to leave the last day out. */
    public boolean excluded() {
        return lag().equals(OptionalInt.of(1));
    }
}
