package org.brazeroutes.camel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Slice;

/**
 * For targets that only append: a day is taken when it becomes part of the stored days, and again when its records differ
 * from those that were stored. Days older than the look-back have no fingerprint; if they are asked again they stay as
 * they are.
 */
final class NewVersions implements Taken {

    /** Stands for a day that had no record. */
    private static final String NONE = "";

    private final Map<LocalDate, String> prints;
    private final LocalDate oldest;
    private final Set<LocalDate> taken = new HashSet<>();
    private boolean changed;

    /**
     * @param stored fingerprints of the partition's days
     * @param oldest the first day that a later pass may ask again: only from there on days need a fingerprint
     */
    NewVersions(Map<LocalDate, String> stored, LocalDate oldest) {
        this.prints = new HashMap<>(stored);
        this.oldest = oldest;
    }

    @Override
    public List<Map<String, Object>> take(Slice slice, Map<LocalDate, List<Map<String, Object>>> days, Cursor before, Cursor after) {
        changed = false;
        if (after == null) {
            return List.of();
        }
        if (before == null) {
            prints.clear();
        }
        List<Map<String, Object>> lacking = new ArrayList<>(days.size());
        days.forEach((day, records) -> {
            if (!after.holds(day)) {
                return;
            }
            String stored = prints.get(day);
            String print = stored == null && day.isBefore(oldest) ? NONE : Fingerprint.of(records);
            boolean first = before == null || !before.holds(day);
            boolean append = (first || stored != null && !stored.equals(print)) && taken.add(day);
            if (append) {
                lacking.addAll(records);
            }
            if (append || stored == null) {
                remember(day, print);
            }
        });
        LocalDate first = slice.first().isBefore(oldest) ? oldest : slice.first();
        for (LocalDate day = first; !day.isAfter(slice.last()); day = day.plusDays(1)) {
            if (after.holds(day) && !days.containsKey(day) && !prints.containsKey(day)) {
                remember(day, NONE);
            }
        }
        return lacking;
    }

    private void remember(LocalDate day, String print) {
        if (!day.isBefore(oldest)) {
            prints.put(day, print);
            changed = true;
        }
    }

    @Override
    public Map<LocalDate, String> prints() {
        return changed ? prints.entrySet().stream().filter(print -> !print.getKey().isBefore(oldest))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)) : null;
    }
}
