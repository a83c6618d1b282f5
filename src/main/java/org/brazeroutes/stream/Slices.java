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

    /** Times a slice is asked at most: once for each habit that the server may have. */
    private static final int ASKS = 3;

    private final LocalDate start;
    private final int maxDays;
    private final boolean withToday;
    private final Habit habit;
    /** Empty as long as no complete day is known; the first one will be where it begins. */
    private Cursor stored;
    /** The first day that the walk forward has not settled. */
    private LocalDate next;
    /** Today, when the days were asked for. */
    private LocalDate askedOn;
    private boolean reachedToday;
    /** The first days of a slice did not come: while the habit is unknown, slices begin a day earlier. */
    private boolean unsure;
    /** Days that should have had rows came without: rows behind them are stored, but the cursor waits. */
    private boolean hole;
    private int asks;

    /**
     * @param start        first day of history
     * @param cursor       what is stored of the partition, or null
     * @param lookbackDays days before the cursor that are read again
     * @param maxDays      days a request may ask for
     * @param zeroFilled   true if an answer proves just the days it holds; else an answer without rows is proof too
     * @param lastDay      what is known of the server's last day, shared by all partitions
     * @param withToday    false to end with yesterday: today's record is not final, and some targets cannot change it
     */
    public Slices(LocalDate start, Cursor cursor, int lookbackDays, int maxDays, boolean zeroFilled, LastDay lastDay, boolean withToday) {
        this.start = start;
        this.maxDays = maxDays;
        this.withToday = withToday;
        this.habit = new Habit(lastDay, zeroFilled, maxDays);
        // a start date behind the stored days would leave a hole between them: what is stored before it is history
        boolean anew = cursor == null || start.isAfter(cursor.last().plusDays(1));
        this.stored = anew ? Cursor.emptyAt(start) : cursor;
        this.next = anew ? start : later(start, cursor.last().minusDays(lookbackDays));
    }

    /** The next days to ask for; empty when the partition is up to date. */
    public Optional<Slice> next(LocalDate today) {
        if (reachedToday && today.isAfter(askedOn)) {
            // midnight has passed, or an answer has set the clock right: what was today is read again, up to the new one
            reachedToday = false;
            next = earlier(next, askedOn);
        }
        askedOn = today;
        reachedToday = reachedToday || next.isAfter(end(today));
        return reachedToday ? backward() : Optional.of(forward(end(today)));
    }

    private LocalDate end(LocalDate today) {
        return withToday ? today : today.minusDays(1);
    }

    private Slice forward(LocalDate end) {
        LocalDate first = next.minusDays(habit.margin(unsure, withToday && end.isBefore(next.plusDays(maxDays))));
        return new Slice(first, earlier(end, first.plusDays(maxDays - 1L)));
    }

    private Optional<Slice> backward() {
        if (stored.isEmpty() || !start.isBefore(stored.first())) {
            return Optional.empty();
        }
        // one day more while it is not known whether the server returns the last day asked for
        LocalDate last = stored.first().minusDays(habit.known() || maxDays == 1 ? 1 : 0);
        return Optional.of(new Slice(later(start.minusDays(habit.margin(unsure, false)), last.minusDays(maxDays - 1L)), last));
    }

    /** The day to name as the end of a request in order to get these days. */
    public LocalDate toAskFor(Slice slice) {
        return habit.toAskFor(slice, askedOn);
    }

    /** True for a day of the slice that is to be stored: rows from before the start date, or from the future, are not. */
    public boolean stores(Slice slice, LocalDate day, LocalDate today) {
        return slice.holds(day) && !day.isBefore(start) && !day.isAfter(today);
    }

    /**
     * False if an answer is about other days: some of its rows are of later ones than any habit of the server explains, and none is of
     * the slice's first day or one before it, as it would be if the answer held more than was asked for.
     *
     * @param asked the day that was named as the request's end
     * @param days  the days of all rows that the answer held
     */
    public static boolean answered(Slice slice, LocalDate asked, Collection<LocalDate> days) {
        LocalDate latest = later(slice.last(), asked).plusDays(LastDay.MOST);
        return days.stream().noneMatch(day -> day.isAfter(latest)) || days.stream().anyMatch(day -> !day.isAfter(slice.first()));
    }

    /** True for a day that no row can be of yet, wherever the workspace is. */
    public static boolean future(LocalDate day, LocalDate today) {
        return day.isAfter(today.plusDays(LastDay.MOST));
    }

    /**
     * Takes the answer to a slice and says what is stored once its rows are: the cursor to save with them, which is null
     * as long as no complete day is known.
     *
     * @param asked the day that was named as the request's end
     * @param days  the days of all rows that the answer held, also those outside the slice
     * @param now   today
     */
    public Cursor accept(Slice slice, LocalDate asked, Collection<LocalDate> days, LocalDate now) {
        // a day that ended while the request was under way was not over for the answer
        LocalDate today = earlier(askedOn, now);
        Slice proven = habit.proven(slice, asked, days, today);
        asks++;
        if (reachedToday ? movesBackward(slice, proven) : movesForward(slice, proven, today)) {
            asks = 0;
        }
        return cursor();
    }

    /** What is stored of the partition, or null. */
    public Cursor cursor() {
        return stored.isEmpty() ? null : stored;
    }

    /** False if the slice must be asked again: its first days, or all of them, did not come. */
    private boolean movesForward(Slice slice, Slice proven, LocalDate today) {
        if (proven != null && asks < ASKS && misses(slice, proven, today)) {
            unsure = true;
            return false;
        }
        boolean further = proven != null && !proven.last().isBefore(next);
        LocalDate last = further ? earlier(slice.last(), proven.last()) : slice.last();
        next = last.plusDays(1);
        // a past day that the server left out can be asked for again, today cannot
        reachedToday = !slice.last().isBefore(today) || next.isAfter(end(today));
        if (further && !hole) {
            stored = stored.until(earlier(last, today.minusDays(1)));
        } else if (stored.isEmpty() && !hole && !habit.elsewhere(slice, proven)) {
            stored = Cursor.emptyAt(next);
        } else {
            hole = true;
        }
        return true;
    }

    /** True if the answer was about later days, or earlier ones, and asking again may bring those that it lacks. */
    private boolean misses(Slice slice, Slice proven, LocalDate today) {
        boolean later = proven.first().isAfter(next) && (habit.known() || !stored.holds(next) || proven.last().isAfter(today));
        boolean earlier = proven.last().isBefore(slice.first())
                && (slice.last().isBefore(today) || !habit.known() && !stored.holds(proven.last()));
        return later || earlier;
    }

    /** False if the slice must be asked again: the days next to the stored ones, or all of them, did not come. */
    private boolean movesBackward(Slice slice, Slice proven) {
        LocalDate first = later(start, proven == null ? slice.first() : later(slice.first(), proven.first()));
        unsure = first.isAfter(slice.first());
        // an answer without rows counts the second time
        boolean apart = proven == null ? asks == 1 : proven.last().isBefore(stored.first().minusDays(1)) || !first.isBefore(stored.first());
        if (apart && asks < ASKS) {
            return false;
        }
        stored = stored.from(earlier(first, stored.first().minusDays(1)));
        return true;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }
}
