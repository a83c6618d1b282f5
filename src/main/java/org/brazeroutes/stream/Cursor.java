package org.brazeroutes.stream;

import java.time.LocalDate;

/** The days of a partition that are stored and complete: from {@code first} to {@code last}, both included. */
public record Cursor(LocalDate first, LocalDate last) {

    /** The days before any is stored: none, and the first one will be that day. */
    static Cursor emptyAt(LocalDate first) {
        return new Cursor(first, first.minusDays(1));
    }

    boolean isEmpty() {
        return last.isBefore(first);
    }

    /** This cursor, grown so that it ends at that day at the earliest. */
    Cursor until(LocalDate day) {
        return day.isAfter(last) ? new Cursor(first, day) : this;
    }

    /** This cursor, grown so that it starts at that day at the latest. */
    Cursor from(LocalDate day) {
        return day.isBefore(first) ? new Cursor(day, last) : this;
    }

    public boolean holds(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
