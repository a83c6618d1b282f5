package org.brazeroutes.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Points in time as Braze spells them, and their days in the company's zone. */
final class Stamps {
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private final ZoneId zone;

    Stamps(ZoneId zone) {
        this.zone = zone;
    }

    long day(Instant instant) {
        return instant.atZone(zone).toLocalDate().toEpochDay();
    }

    /** @param zulu {@code Z} in place of {@code +00:00}; Braze uses both */
    String text(Instant instant, boolean zulu) {
        return zulu ? instant.truncatedTo(ChronoUnit.SECONDS).toString() : OFFSET.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** An edit within 60 days of the creation. */
    String edited(Instant created, long seed) {
        return text(created.plusSeconds(Mix.below(60 * 86_400, seed, 9)), Mix.below(3, seed, 10) == 0);
    }
}
