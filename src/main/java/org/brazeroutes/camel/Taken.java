package org.brazeroutes.camel;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Slice;

/** Decides which days of an answer the target needs. Used by one thread at a time. */
interface Taken {

    /** A day of an answer and its record. */
    record Day(LocalDate day, Map<String, Object> record) {
    }

    /**
     * The records to store.
     *
     * @param days   those of the slice
     * @param before what was stored before the answer, or null
     * @param after  what is stored with it, or null
     */
    List<Map<String, Object>> take(Slice slice, List<Day> days, Cursor before, Cursor after);

    /** Fingerprints to remember of the partition's days, null if those that are stored stay. */
    default Map<LocalDate, String> prints() {
        return null;
    }

    /** Every day, each time: for targets that replace rows by their key. */
    static Taken all() {
        return (slice, days, before, after) -> days.stream().map(Day::record).toList();
    }

    /** Every day, but each once in a pass, also if a slice is asked again. */
    static Taken once() {
        Set<LocalDate> taken = new HashSet<>();
        return (slice, days, before, after) -> days.stream().filter(day -> taken.add(day.day())).map(Day::record).toList();
    }
}
