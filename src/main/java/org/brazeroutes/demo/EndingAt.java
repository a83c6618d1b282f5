package org.brazeroutes.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Which bucket of a series is its last; recorded answers of Braze do not decide between the two. */
public enum EndingAt {
    /** The calendar day in the company's zone that contains the instant. */
    INCLUSIVE,
    /** The day before that one. */
    HALF_OPEN;

    LocalDate lastDay(Instant endingAt, ZoneId zone) {
        LocalDate day = endingAt.atZone(zone).toLocalDate();
        return this == INCLUSIVE ? day : day.minusDays(1);
    }
}
