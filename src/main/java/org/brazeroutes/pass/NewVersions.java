package org.brazeroutes.pass;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.brazeroutes.json.Json;
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
    /** Of a fingerprint: 128 bits are far from any chance that two versions of one day look alike. */
    private static final int BYTES = 16;

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
            String print = stored == null && day.isBefore(oldest) ? NONE : print(records);
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

    /** A short text that is the same for equal records only, whatever their order and that of their fields. */
    private static String print(List<Map<String, Object>> records) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            records.stream().map(Json::canonical).sorted(Arrays::compare).forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
