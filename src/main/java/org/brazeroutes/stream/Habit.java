package org.brazeroutes.stream;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.OptionalInt;

/**
 * How the server reads {@code ending_at}, as far as one partition may rely on it: which day to name in order to get a slice, and
 * which days an answer proves.
 */
final class Habit {

    /** Days a request must be able to ask for in order to spare one at each end. */
    private static final int WITH_MARGINS = 3;

    private final LastDay shared;
    private final boolean zeroFilled;
    private final boolean margins;
    /** True if an answer may show little of the days it is about: a day without a row at one of its ends proves nothing. */
    private final boolean sparse;
    private OptionalInt own = OptionalInt.empty();

    Habit(LastDay shared, boolean zeroFilled, int maxDays) {
        this.shared = shared;
        this.zeroFilled = zeroFilled;
        this.margins = maxDays >= WITH_MARGINS;
        this.sparse = !zeroFilled && margins;
    }

    /**
     * What this partition's own answers showed, since habits may differ by season; else what those of others did. Nothing for a sparse
     * series: the habit of another season may not hold, and no answer of its own would show that; its days would be lost.
     */
    private OptionalInt lag() {
        return sparse ? OptionalInt.empty() : own.isPresent() ? own : shared.lag();
    }

    boolean known() {
        return lag().isPresent();
    }

    /**
     * Days to ask for before the first one needed, which drops out of an answer that ends a day later than asked for: perhaps while the
     * habit is unknown, surely up to now in a workspace whose days begin earlier than the configured zone's.
     *
     * @param unsure  true if first days have dropped out before
     * @param upToNow true if the slice ends today, so that no earlier end can be named
     */
    int margin(boolean unsure, boolean upToNow) {
        OptionalInt likely = own.isPresent() ? own : shared.lag();
        return margins && (upToNow && likely.orElse(0) < 0 || unsure && !known()) ? 1 : 0;
    }

    /** The day to name as the end of a request in order to get these days. */
    LocalDate toAskFor(Slice slice, LocalDate today) {
        if (sparse) {
            // what series with all rows show holds for the days just past
            return slice.last().isBefore(today.minusDays(1)) ? slice.last() : slice.last().plusDays(Math.max(shared.lag().orElse(0), 0));
        }
        int lag = lag().orElse(0);
        return slice.last().plusDays(slice.last().isBefore(today) ? lag : Math.max(lag, 0));
    }

    /**
     * The days for which the answer to a slice is proof, null for none.
     *
     * @param asked the day that was named as the request's end
     * @param rows  the days of all rows that the answer held
     */
    Slice proven(Slice slice, LocalDate asked, Collection<LocalDate> rows, LocalDate today) {
        if (zeroFilled && rows.isEmpty()) {
            return null;
        }
        LocalDate newest = rows.isEmpty() ? null : Collections.max(rows);
        boolean upToNow = !slice.last().isBefore(today);
        // a slice up to now ends where the running day does, whatever day was named
        boolean ahead = upToNow && newest != null && newest.isAfter(today);
        if (newest != null && (!upToNow || ahead)) {
            learn(Collections.min(rows), newest, asked, slice.length());
        }
        if (newest != null && elsewhere(slice, new Slice(newest, newest))) {
            return new Slice(Collections.min(rows), newest);
        }
        LocalDate last = zeroFilled || ahead ? newest : upToNow ? slice.last() : asked.minusDays(lag().orElse(0));
        LocalDate first = last.minusDays(slice.length() - 1L);
        if (sparse && !ahead) {
            // if the answer is about a day later it lacks the first day, if about a day earlier the last
            first = first.plusDays(1);
            last = upToNow || rows.contains(slice.last()) ? last : last.minusDays(1);
        }
        return new Slice(rows.contains(slice.first()) ? slice.first() : first, last);
    }

    /** True if the answer of a sparse series is about days before the slice, so that it says nothing of those without a row. */
    boolean elsewhere(Slice slice, Slice proven) {
        return sparse && proven != null && proven.last().isBefore(slice.first().minusDays(LastDay.MOST));
    }

    /** The rows at the ends of an answer may show which days it was about. */
    private void learn(LocalDate oldest, LocalDate newest, LocalDate asked, int length) {
        long lag = ChronoUnit.DAYS.between(newest, asked);
        boolean full = oldest.equals(newest.minusDays(length - 1L));
        // one day too few may also be a series that ended then, unless the answer is full or begins a day too early
        boolean shown = full || lag == -1 || zeroFilled && lag == 0;
        boolean early = oldest.equals(asked.minusDays(length));
        lag = !shown && early ? 1 : lag;
        if ((shown || early) && shared.learn(lag)) {
            own = OptionalInt.of((int) lag);
        }
    }
}
