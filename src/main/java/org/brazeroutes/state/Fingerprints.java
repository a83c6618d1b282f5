package org.brazeroutes.state;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.brazeroutes.json.Json;

/**
 * What the days near the cursor held when they were stored: by it a target that only appends tells a changed day from one
 * that is as it was. Kept as a JSON object by day; empty for a day that had no record.
 */
final class Fingerprints {

    private Fingerprints() {
    }

    static String text(Map<LocalDate, String> prints) {
        return new String(Json.canonical(prints), StandardCharsets.UTF_8);
    }

    static Map<LocalDate, String> days(String text) {
        Map<LocalDate, String> prints = new HashMap<>();
        Json.object(text).forEach((day, print) -> prints.put(LocalDate.parse(day), (String) print));
        return prints;
    }
}
