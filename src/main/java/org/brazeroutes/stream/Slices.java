package org.brazeroutes.stream;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;

/**
 * The walk over the days one partition lacks: first from the look-back (or the start date) forward to today, then, if the
 * start date was moved back, backward from the first stored day. The stored days stay one piece at every moment, so a walk
 * that is cut off goes on where it stopped. Not thread safe: one partition is walked by one thread at a time.
 */
public final class Slices {

    private final LocalDate start;
    private final int maxDays;
    private final boolean zeroFilled;
    private final LastDay lastDay;
    private final boolean withToday;
    private Cursor cursor;
    private LocalDate next;
    private LocalDate beginning;
    private boolean reachedToday;
    private boolean askedAgain;
    private boolean endAskedAgain;

    /**
     * @param start        first day of history
     * @param stored       what is stored of the partition, or null
     * @param lookbackDays days before the cursor that are read again
     * @param maxDays      days a request may ask for
     * @param zeroFilled   true if an answer proves just the days it holds; else an answer without rows is proof too
     * @param lastDay      what is known of the server's last day, shared by all partitions
     */
    public Slices(LocalDate start, Cursor stored, int lookbackDays, int maxDays, boolean zeroFilled, LastDay lastDay) {
        this(start, stored, lookbackDays, maxDays, zeroFilled, lastDay, true);
    }

    /** @param withToday false to end with yesterday: today's record is not final, and some targets cannot change it */
    public Slices(LocalDate start, Cursor stored, int lookbackDays, int maxDays, boolean zeroFilled, LastDay lastDay, boolean withToday) {
        this.start = start;
        this.maxDays = maxDays;
        this.zeroFilled = zeroFilled;
        this.lastDay = lastDay;
        this.withToday = withToday;
        // A start date behind the stored days would leave a hole between them: what is stored before it is history
        this.cursor = stored == null || start.isAfter(stored.last().plusDays(1)) ? null : stored;
        this.beginning = cursor == null ? start : cursor.first();
        this.next = cursor == null ? start : later(start, cursor.last().minusDays(lookbackDays));
    }

    /** The next days to ask for; empty when the partition is up to date. */
    public Optional<Slice> next(LocalDate today) {
        LocalDate end = withToday ? today : today.minusDays(1);
        if (!reachedToday && !next.isAfter(end)) {
            return Optional.of(new Slice(next, earlier(end, next.plusDays(maxDays - 1L))));
        }
        reachedToday = true;
        if (cursor != null && start.isBefore(cursor.first())) {
            // one day more while it is not known whether the server returns the last day asked for
            LocalDate last = lastDay.known() || maxDays == 1 ? cursor.first().minusDays(1) : cursor.first();
            return Optional.of(new Slice(later(start, last.minusDays(maxDays - 1L)), last));
        }
        return Optional.empty();
    }

    /**
     * Takes the answer to a slice and says what is stored once its rows are: the cursor to save with them, which is null
     * as long as no complete day is known.
     *
     * @param days the days of all rows that the answer held, also those outside the slice
     */
    public Cursor accept(Slice slice, LocalDate asked, Collection<LocalDate> days, LocalDate today) {
        if (zeroFilled && teaches(slice, asked, days, today) && !askedAgain) {
            askedAgain = true;
            return cursor;
        }
        askedAgain = false;
        if (reachedToday) {
            cursor = cursor.from(slice.first());
            return cursor;
        }
        Optional<LocalDate> newest = days.stream().filter(slice::holds).max(LocalDate::compareTo);
        LocalDate proven = zeroFilled ? newest.orElse(null) : provenWithoutZeros(slice, asked, newest, today);
        next = proven == null ? slice.last().plusDays(1) : proven.plusDays(1);
        reachedToday = withToday ? !slice.last().isBefore(today) : !slice.last().isBefore(today.minusDays(1)) && !endLacks(slice, asked, proven);
        LocalDate complete = proven == null ? null : earlier(proven, today.minusDays(1));
        if (complete != null && !complete.isBefore(beginning)) {
            cursor = cursor == null ? new Cursor(beginning, complete) : cursor.until(complete);
        }
        return cursor;
    }

    /** The days to store from an answer to this slice. */
    public Cursor cursor() {
        return cursor;
    }

    /** True if the answer showed that another day must be asked for to get this slice whole. */
    private boolean teaches(Slice slice, LocalDate asked, Collection<LocalDate> days, LocalDate today) {
        Optional<LocalDate> newest = days.stream().max(LocalDate::compareTo);
        if (newest.isEmpty() || !slice.last().isBefore(today) && !newest.get().isAfter(today)) {
            return false;
        }
        return lastDay.learn(asked, newest.get()) && days.stream().noneMatch(slice.first()::equals);
    }

    /** True, once, if yesterday is missing only because the server's habit was not known when it was asked for. */
    private boolean endLacks(Slice slice, LocalDate asked, LocalDate proven) {
        boolean lacks = proven != null && proven.isBefore(slice.last()) && !endAskedAgain && (!zeroFilled || !rightlyAsked(slice, asked));
        endAskedAgain |= lacks;
        return lacks;
    }

    /** By what is known now; another partition's answer may have told while this one was under way. */
    private boolean rightlyAsked(Slice slice, LocalDate asked) {
        return asked.equals(lastDay.toAskFor(slice.last()));
    }

    /** Without a row at its end a slice is asked again from its last day, until the server's habit is known. */
    private LocalDate provenWithoutZeros(Slice slice, LocalDate asked, Optional<LocalDate> newest, LocalDate today) {
        boolean alone = slice.length() == 1 && (withToday || slice.last().isBefore(today.minusDays(1)));
        boolean sure = lastDay.known() && rightlyAsked(slice, asked) || alone || newest.filter(slice.last()::equals).isPresent();
        return sure ? slice.last() : slice.last().minusDays(1);
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }
}
