package org.brazeroutes.stream;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * What the server's answers taught about {@code ending_at}: by how many days the last day returned lags behind the day
 * asked for. 0 is the documented reading; 1 a server that leaves the last day out; -1 a workspace whose days begin
 * earlier than the configured zone's. Braze does not say which it is, so the first series that has a row for every
 * past day tells.
 */
public final class LastDay {

    private volatile Integer lag;

    /** The day to ask for in order to get this one as the last. */
    public LocalDate toAskFor(LocalDate day) {
        Integer known = lag;
        return known == null ? day : day.plusDays(known);
    }

    /** True once a past slice of a zero-filled series was answered. */
    public boolean known() {
        return lag != null;
    }

    /** True if the answer to a question about {@code asked} that ended at {@code newest} taught something new. */
    boolean learn(LocalDate asked, LocalDate newest) {
        long days = ChronoUnit.DAYS.between(newest, asked);
        if (Math.abs(days) > 1 || Integer.valueOf((int) days).equals(lag)) {
            return false;
        }
        boolean changed = lag != null || days != 0;
        lag = (int) days;
        return changed;
    }

    /** True if the server is known to leave the last day out. */
    public boolean excluded() {
        return Integer.valueOf(1).equals(lag);
    }
}
