package org.brazeroutes.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

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

    ZonedDateTime lastHour(Instant endingAt, ZoneId zone) {
        ZonedDateTime hour = endingAt.atZone(zone).truncatedTo(ChronoUnit.HOURS);
        return this == INCLUSIVE ? hour : hour.minusHours(1);
    }
}
