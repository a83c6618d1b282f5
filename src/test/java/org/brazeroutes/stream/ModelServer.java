package org.brazeroutes.stream;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/**
 * A daily series as a server with one habit answers it.
 *
 * @param zone     the workspace's zone
 * @param halfOpen true if the day that holds the instant asked for is left out
 * @param hasRow   the days for which there is a row; all of them for a series filled with zeros
 */
record ModelServer(ZoneId zone, boolean halfOpen, Predicate<LocalDate> hasRow) {

    /** The days of the rows that end at that instant. */
    List<LocalDate> answer(Instant endingAt, int length) {
        LocalDate day = endingAt.atZone(zone).toLocalDate();
        LocalDate last = halfOpen ? day.minusDays(1) : day;
        return last.minusDays(length - 1L).datesUntil(last.plusDays(1)).filter(hasRow).toList();
    }

    /** As the product asks: the end of a day in the configured zone, never in the future. */
    List<LocalDate> answer(LocalDate asked, int length, ZoneId configured, Instant now) {
        Instant end = asked.plusDays(1).atStartOfDay(configured).minusSeconds(1).toInstant();
        return answer(end.isAfter(now) ? now : end, length);
    }
}
