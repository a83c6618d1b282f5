package org.brazeroutes.pass;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Slice;

/** Decides which days of an answer the target needs. Used by one thread at a time. */
interface Taken {

    /**
     * The records to store.
     *
     * @param days   those of the slice, each with its records
     * @param before what was stored before the answer, or null
     * @param after  what is stored with it, or null
     */
    List<Map<String, Object>> take(Slice slice, Map<LocalDate, List<Map<String, Object>>> days, Cursor before, Cursor after);

    /** Fingerprints to remember of the partition's days, null if those that are stored stay. */
    default Map<LocalDate, String> prints() {
        return null;
    }

    /** Every day, each time: for targets that replace rows by their key. */
    static Taken all() {
        return (slice, days, before, after) -> days.values().stream().flatMap(Collection::stream).toList();
    }

    /** Every day, but each once in a pass, also if a slice is asked again. */
    static Taken once() {
        Set<LocalDate> taken = new HashSet<>();
        return (slice, days, before, after) -> days.entrySet().stream().filter(day -> taken.add(day.getKey()))
                .flatMap(day -> day.getValue().stream()).toList();
    }
}
