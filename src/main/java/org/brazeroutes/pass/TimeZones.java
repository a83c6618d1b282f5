package org.brazeroutes.pass;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.brazeroutes.braze.BrazeClock;

/** Compares the day on which Braze's series end with today in the configured zone. */
final class TimeZones {

    private static final List<String> COMMON = List.of("America/Los_Angeles", "America/Denver", "America/Chicago",
            "America/New_York", "America/Sao_Paulo", "UTC", "Europe/London", "Europe/Berlin", "Europe/Istanbul", "Asia/Dubai",
            "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Australia/Sydney", "Pacific/Auckland");

    private TimeZones() {
    }

    /** A warning that names likely zones, if the days differ. */
    static Optional<String> differing(LocalDate newest, LocalDate today, BrazeClock clock) {
        if (newest.equals(today)) {
            return Optional.empty();
        }
        List<String> likely = COMMON.stream().filter(zone -> LocalDate.ofInstant(clock.now(), ZoneId.of(zone)).equals(newest)).toList();
        return Optional.of("Braze's newest day is " + newest + ", but today is " + today + " in braze.time-zone " + clock.zone() + ". "
                + (likely.isEmpty() ? "Either the workspace has another zone, or Braze leaves the running day out"
                        : "Set it to the workspace's zone, likely " + Stream.concat(likely.stream().limit(4), Stream.of("a zone near it"))
                                .reduce((a, b) -> a + (b.startsWith("a zone") ? " or " : ", ") + b).orElseThrow()));
    }
}
