package org.brazeroutes.stream;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** The days one request asks for, first and last included. */
public record Slice(LocalDate first, LocalDate last) {

    /** How many days, Braze's {@code length}. */
    public int length() {
        return (int) ChronoUnit.DAYS.between(first, last) + 1;
    }

    public boolean holds(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    @Override
    public String toString() {
        return first + " to " + last;
    }
}
