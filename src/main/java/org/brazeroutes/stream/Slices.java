package org.brazeroutes.stream;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The walk over the days one partition lacks: first from the look-back (or the start date) forward to today, then, if the
 * start date was moved back, backward from the first stored day. The stored days stay one piece at every moment, so a walk
 * that is cut off goes on where it stopped. Not thread safe: one partition is walked by one thread at a time.
 */
public final class Slices {

    /** Days a request must be able to ask for in order to spare one at each end. */
    private static final int WITH_MARGINS = 3;
    /** Times a slice is asked at most: once for each habit that the server may have. */
    private static final int ASKS = 3;
    /** The workspace's days begin earlier than those of the configured zone. */
    private static final OptionalInt AHEAD = OptionalInt.of(-1);

    private final LocalDate start;
    private final int maxDays;
    private final boolean zeroFilled;
    /** True if an answer may show little of the days it is about: a day without a row at one of its ends proves nothing. */
    private final boolean sparse;
    private final LastDay lastDay;
    private final boolean withToday;
    private Cursor cursor;
    private LocalDate next;
    private LocalDate beginning;
    private LocalDate askedOn;
    private boolean reachedToday;
    private boolean unsure;
    /** Days that should have had rows came without: rows behind them are stored, but the cursor waits. */
    private boolean hole;
    private int asks;
    private OptionalInt ownLag = OptionalInt.empty();

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
        this.sparse = !zeroFilled && maxDays >= WITH_MARGINS;
        this.lastDay = lastDay;
        this.withToday = withToday;
        // A start date behind the stored days would leave a hole between them: what is stored before it is history
        this.cursor = stored == null || start.isAfter(stored.last().plusDays(1)) ? null : stored;
        this.beginning = cursor == null ? start : cursor.first();
        this.next = cursor == null ? start : later(start, cursor.last().minusDays(lookbackDays));
    }

    /** The next days to ask for; empty when the partition is up to date. */
    public Optional<Slice> next(LocalDate today) {
        if (reachedToday && today.isAfter(askedOn)) {
            // midnight has passed, or an answer has set the clock right: what was today is read again, up to the new one
            reachedToday = false;
            next = earlier(next, askedOn);
        }
        askedOn = today;
        LocalDate end = withToday ? today : today.minusDays(1);
        int margin = unsure && lag().isEmpty() && maxDays >= WITH_MARGINS ? 1 : 0;
        if (!reachedToday && !next.isAfter(end)) {
            // up to now one day more comes where it may be tomorrow already; the first day must not drop out for it
            boolean ahead = withToday && lag().equals(AHEAD) && maxDays >= WITH_MARGINS && today.isBefore(next.plusDays(maxDays));
            LocalDate first = next.minusDays(ahead ? 1 : margin);
            return Optional.of(new Slice(first, earlier(end, first.plusDays(maxDays - 1L))));
        }
        reachedToday = true;
        if (cursor != null && start.isBefore(cursor.first())) {
            // one day more while it is not known whether the server returns the last day asked for
            LocalDate last = lag().isPresent() || maxDays == 1 ? cursor.first().minusDays(1) : cursor.first();
            return Optional.of(new Slice(later(start.minusDays(margin), last.minusDays(maxDays - 1L)), last));
        }
        return Optional.empty();
    }

    /** The day to name as the end of a request in order to get these days. */
    public LocalDate toAskFor(Slice slice) {
        int days = !sparse ? lag().orElse(0) : slice.last().isBefore(askedOn.minusDays(1)) ? 0 : Math.max(lastDay.lag().orElse(0), 0);
        return slice.last().plusDays(slice.last().isBefore(askedOn) ? days : Math.max(days, 0));
    }

    /** True for a day of the slice that is to be stored: rows from before the start date, or from the future, are not. */
    public boolean stores(Slice slice, LocalDate day, LocalDate today) {
        return slice.holds(day) && !day.isBefore(start) && !day.isAfter(today);
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
        learn(slice, asked, days, today);
        Slice covered = covered(slice, asked, days, today);
        asks++;
        boolean moved = reachedToday ? backward(slice, covered) : forward(slice, covered, today);
        asks = moved ? 0 : asks;
        return cursor;
    }

    /** What is stored of the partition. */
    public Cursor cursor() {
        return cursor;
    }

    /** False if the slice must be asked again: its first days, or all of them, did not come. */
    private boolean forward(Slice slice, Slice covered, LocalDate today) {
        boolean lacking = covered != null && covered.first().isAfter(next)
                && (lag().isPresent() || cursor == null || !cursor.holds(next));
        boolean elsewhere = covered != null && covered.last().isBefore(slice.first())
                && (slice.last().isBefore(today) || lag().isEmpty() && (cursor == null || !cursor.holds(covered.last())));
        if ((lacking || elsewhere) && asks < ASKS) {
            unsure = true;
            return false;
        }
        LocalDate proven = covered == null || covered.last().isBefore(next) ? null : earlier(slice.last(), covered.last());
        boolean further = proven != null && proven.isBefore(slice.last());
        next = proven == null ? slice.last().plusDays(1) : proven.plusDays(1);
        // a past day that the server left out can be asked for again, today cannot
        reachedToday = !slice.last().isBefore(withToday ? today : today.minusDays(1)) && !(further && slice.last().isBefore(today));
        if (proven == null && cursor == null) {
            beginning = next;
        } else if (proven == null) {
            hole = true;
        }
        LocalDate complete = proven == null || hole ? null : earlier(proven, today.minusDays(1));
        if (complete != null && !complete.isBefore(beginning)) {
            cursor = cursor == null ? new Cursor(beginning, complete) : cursor.until(complete);
        }
        return true;
    }

    /** False if the slice must be asked again: the days next to the stored ones, or all of them, did not come. */
    private boolean backward(Slice slice, Slice covered) {
        boolean joined = covered == null ? asks > 1 : !covered.last().isBefore(cursor.first().minusDays(1));
        LocalDate first = later(start, covered == null ? slice.first() : later(slice.first(), covered.first()));
        unsure = first.isAfter(slice.first());
        if ((!joined || !first.isBefore(cursor.first())) && asks < ASKS) {
            return false;
        }
        cursor = cursor.from(earlier(first, cursor.first().minusDays(1)));
        return true;
    }

    /** The rows at the ends of an answer may show which days it was about. A slice up to now ends where the running day does. */
    private void learn(Slice slice, LocalDate asked, Collection<LocalDate> days, LocalDate today) {
        LocalDate newest = days.stream().max(LocalDate::compareTo).orElse(null);
        if (newest == null || !slice.last().isBefore(today) && !newest.isAfter(today)) {
            return;
        }
        long span = slice.length() - 1L;
        LocalDate oldest = days.stream().min(LocalDate::compareTo).orElseThrow();
        long lag = ChronoUnit.DAYS.between(newest, asked);
        // one day too few may also be a series that ended then, unless the answer is full
        boolean shown = ChronoUnit.DAYS.between(oldest, newest) == span || lag == -1 || zeroFilled && lag == 0;
        if (!shown && ChronoUnit.DAYS.between(oldest, asked) - span == 1) {
            lag = 1;
            shown = true;
        }
        if (shown && lastDay.learn(lag)) {
            ownLag = OptionalInt.of((int) lag);
        }
    }

    /** The days that the answer speaks for, null for none. */
    private Slice covered(Slice slice, LocalDate asked, Collection<LocalDate> days, LocalDate today) {
        LocalDate newest = days.stream().max(LocalDate::compareTo).orElse(null);
        if (zeroFilled && newest == null) {
            return null;
        }
        boolean upToNow = !slice.last().isBefore(today);
        long span = slice.length() - 1L;
        LocalDate last = zeroFilled || upToNow && newest != null && newest.isAfter(today) ? newest
                : upToNow ? slice.last() : asked.minusDays(lag().orElse(0));
        LocalDate first = last.minusDays(span);
        if (sparse) {
            last = upToNow || days.contains(slice.last()) ? last : last.minusDays(1);
            first = first.plusDays(1);
        }
        return new Slice(days.contains(slice.first()) ? earlier(first, slice.first()) : first, last);
    }

    /**
     * What this partition's own answers showed, since habits may differ by season; else what those of others did. Nothing for a sparse
     * series: the habit of another season may not hold, and no answer of its own would show that; its days would be lost.
     */
    private OptionalInt lag() {
        return sparse ? OptionalInt.empty() : ownLag.isPresent() ? ownLag : lastDay.lag();
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }
}
