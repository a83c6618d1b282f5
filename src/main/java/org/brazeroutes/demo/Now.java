package org.brazeroutes.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The running day in the company's zone and how much of it is over.
 *
 * @param today       epoch day
 * @param hour        hours since the day began, the running one not counted
 * @param hoursInADay 23 to 25 where clocks change
 */
record Now(long today, int hour, int hoursInADay) {

    static Now at(Instant instant, ZoneId zone) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        Instant start = day.atStartOfDay(zone).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        int hours = Math.max(1, (int) Duration.between(start, end).toHours());
        int hour = Math.min(hours - 1, (int) Duration.between(start, instant).toHours());
        return new Now(day.toEpochDay(), hour, hours);
    }
}
