package org.brazeroutes.camel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.sink.Fingerprint;
import org.brazeroutes.state.Fingerprints;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Slice;

/**
 * For targets that only append: a day is taken when it becomes part of the stored days, and again when its record differs
 * from the one that was stored. Days older than the look-back have no fingerprint; if they are asked again they stay as
 * they are.
 */
final class NewVersions implements Taken {

    /** Stands for a day that had no record. */
    private static final String NONE = "";

    private final Fingerprints fingerprints;
    private final String stream;
    private final String partition;
    private final LocalDate oldest;
    private final Set<LocalDate> taken = new HashSet<>();
    private Map<LocalDate, String> known;
    private Map<LocalDate, String> news = Map.of();

    /** @param oldest the first day that a later pass may ask again: only from there on days need a fingerprint */
    NewVersions(Fingerprints fingerprints, String stream, String partition, LocalDate oldest) {
        this.fingerprints = fingerprints;
        this.stream = stream;
        this.partition = partition;
        this.oldest = oldest;
    }

    @Override
    public List<Map<String, Object>> take(Slice slice, List<Day> days, Cursor before, Cursor after) {
        if (known == null) {
            known = before == null ? new HashMap<>() : fingerprints.of(stream, partition);
        }
        if (after == null) {
            news = Map.of();
            return List.of();
        }
        Map<LocalDate, Map<String, Object>> records = new LinkedHashMap<>();
        days.stream().filter(day -> after.holds(day.day())).forEach(day -> records.put(day.day(), day.record()));
        news = new HashMap<>();
        List<Map<String, Object>> lacking = new ArrayList<>();
        records.forEach((day, record) -> {
            String stored = known.get(day);
            String print = stored == null && day.isBefore(oldest) ? NONE : Fingerprint.of(record);
            boolean first = before == null || !before.holds(day);
            boolean wanted = first || stored != null && !stored.equals(print);
            if (wanted && taken.add(day)) {
                lacking.add(record);
                news.put(day, print);
            } else if (stored == null) {
                news.put(day, print);
            }
        });
        slice.first().datesUntil(slice.last().plusDays(1)).filter(after::holds)
                .filter(day -> !records.containsKey(day) && !known.containsKey(day)).forEach(day -> news.put(day, NONE));
        news.keySet().removeIf(day -> day.isBefore(oldest));
        known.putAll(news);
        return lacking;
    }

    @Override
    public Map<LocalDate, String> prints() {
        return news;
    }

    @Override
    public LocalDate oldestPrint() {
        return oldest;
    }
}
