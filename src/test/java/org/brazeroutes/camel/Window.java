package org.brazeroutes.camel;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.brazeroutes.demo.LoggedRequest;

/**
 * The days that one request named.
 *
 * @param series the path with the parameter that names the partition
 */
record Window(String series, LocalDate first, LocalDate last) {

    static Window of(LoggedRequest request, ZoneId zone) {
        Map<String, String> query = new TreeMap<>(request.query());
        LocalDate last = OffsetDateTime.parse(query.remove("ending_at")).atZoneSameInstant(zone).toLocalDate();
        LocalDate first = last.minusDays(Integer.parseInt(query.remove("length")) - 1L);
        return new Window(request.path() + " " + query, first, last);
    }
}
