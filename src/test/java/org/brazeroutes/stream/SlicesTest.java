package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which days are asked for, and how far an answer moves the cursor. */
class SlicesTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-06-10");
    private final LastDay lastDay = new LastDay();

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "99, 1, 100", "100, 2, 1", "199, 2, 100", "200, 3, 1", "250, 3, 51"})
    void slicesMeetWithoutGapOrOverlap(int daysBefore, int count, int lastLength) {
        for (boolean zeroFilled : List.of(true, false)) {
            List<Slice> asked = walk(slices(TODAY.minusDays(daysBefore), null, 30, zeroFilled), 0);
            assertThat(asked).hasSize(count);
            assertThat(asked.get(0).first()).isEqualTo(TODAY.minusDays(daysBefore));
            assertThat(asked.get(count - 1)).isEqualTo(new Slice(TODAY.minusDays(lastLength - 1L), TODAY));
            for (int i = 1; i < count; i++) {
                assertThat(asked.get(i).first()).isEqualTo(asked.get(i - 1).last().plusDays(1));
                assertThat(asked.get(i - 1).length()).isEqualTo(100);
            }
        }
    }

    /** What another season's answers showed need not hold: only a day's own row tells that the answer is about it. */
    @Test
    void theLastDayOfASparseSlicesAnswerIsAskedForAgainIfItHasNoRow() {
        lastDay.learn(-1);
        Slices slices = slices(TODAY.minusDays(250), null, 30, false);
        Slice slice = slices.next(TODAY).orElseThrow();
        assertThat(slices.toAskFor(slice)).isEqualTo(slice.last());
        List<LocalDate> butTheLast = slice.first().datesUntil(slice.last()).toList();
        assertThat(slices.accept(slice, slice.last(), butTheLast, TODAY).last()).isEqualTo(slice.last().minusDays(1));
        assertThat(slices.next(TODAY).map(Slice::first)).contains(slice.last());
    }

    @Test
    void aServerThatLeavesTheLastDayOutIsAskedForOneDayLaterFromTheSecondSliceOn() {
        Slices slices = slices(TODAY.minusDays(250), null, 30, true);
        Slice first = slices.next(TODAY).orElseThrow();
        assertThat(slices.toAskFor(first)).isEqualTo(first.last());
        assertThat(answer(slices, first, 1).last()).isEqualTo(first.last().minusDays(1));
        assertThat(lastDay.excluded()).isTrue();
        Slice second = slices.next(TODAY).orElseThrow();
        assertThat(second.first()).isEqualTo(first.last());
        assertThat(slices.toAskFor(second)).isEqualTo(second.last().plusDays(1));
        assertThat(answer(slices, second, 1).last()).isEqualTo(second.last());
    }

    @Test
    void anAnswerThatWasAskedForBeforeAnotherPartitionTaughtTheLastDayProvesNoMoreThanItHolds() {
        Slices shifted = slices(TODAY.minusDays(250), null, 30, true);
        Slice slice = shifted.next(TODAY).orElseThrow();
        lastDay.learn(-1);
        List<LocalDate> dayLater = slice.first().plusDays(1).datesUntil(slice.last().plusDays(2)).toList();
        assertThat(shifted.accept(slice, slice.last(), dayLater, TODAY)).isNull();
        assertThat(shifted.next(TODAY)).contains(slice);
        assertThat(shifted.toAskFor(slice)).isEqualTo(slice.last().minusDays(1));
    }

    @Test
    void anAnswerWithoutRowsIsProofForASparseSeriesAlone() {
        Slices filled = slices(TODAY.minusDays(50), null, 30, true);
        Slice slice = filled.next(TODAY).orElseThrow();
        assertThat(filled.accept(slice, TODAY, List.of(), TODAY)).isNull();
        lastDay.learn(0);
        Slices sparse = slices(TODAY.minusDays(50), null, 30, false);
        slice = sparse.next(TODAY).orElseThrow();
        assertThat(sparse.accept(slice, TODAY, List.of(), TODAY)).as("the first day may have dropped out").isNull();
        slice = sparse.next(TODAY).orElseThrow();
        assertThat(slice).isEqualTo(new Slice(TODAY.minusDays(51), TODAY));
        assertThat(sparse.accept(slice, TODAY, List.of(), TODAY)).isEqualTo(new Cursor(TODAY.minusDays(50), TODAY.minusDays(1)));
    }

    @Test
    void theCursorWaitsBeforeDaysThatCameWithoutRowsAndTheNextPassAsksForThemAgain() {
        LocalDate start = TODAY.minusDays(250);
        Slices slices = slices(start, null, 0, true);
        Cursor first = answer(slices, slices.next(TODAY).orElseThrow(), 0);
        Slice empty = slices.next(TODAY).orElseThrow();
        assertThat(slices.accept(empty, empty.last(), List.of(), TODAY)).isEqualTo(first);
        assertThat(walk(slices, 0)).hasSize(1);
        assertThat(slices.cursor()).isEqualTo(first);
        assertThat(slices(start, first, 0, true).next(TODAY)).contains(new Slice(first.last(), first.last().plusDays(99)));
    }

    @Test
    void firstDaysThatCameWithoutRowsAreAskedForAgainInTheSamePass() {
        LocalDate start = TODAY.minusDays(250);
        Slices slices = slices(start, null, 0, true);
        Slice empty = slices.next(TODAY).orElseThrow();
        assertThat(slices.accept(empty, empty.last(), List.of(), TODAY)).isNull();
        List<Slice> asked = walk(slices, 0);
        assertThat(asked.get(asked.size() - 1)).isEqualTo(empty);
        assertThat(slices.cursor()).isEqualTo(new Cursor(start, TODAY.minusDays(1)));
    }

    @Test
    void aSeriesThatBeginsAfterTheStartDateIsReadToItsEnd() {
        Slices slices = slices(TODAY.minusDays(250), null, 0, true);
        int asked = 0;
        for (Optional<Slice> slice = slices.next(TODAY); slice.isPresent(); slice = slices.next(TODAY)) {
            List<LocalDate> days = slice.get().last().isBefore(TODAY) ? List.of() : List.of(TODAY.minusDays(1), TODAY);
            slices.accept(slice.get(), slices.toAskFor(slice.get()), days, TODAY);
            assertThat(++asked).isLessThan(10);
        }
        assertThat(slices.cursor()).isEqualTo(new Cursor(TODAY.minusDays(250), TODAY.minusDays(1)));
    }

    @Test
    void aDayThatBeganDuringTheWalkIsAskedForToo() {
        Slices slices = slices(TODAY.minusDays(3), null, 30, true);
        Slice slice = slices.next(TODAY).orElseThrow();
        answer(slices, slice, 0);
        assertThat(slices.next(TODAY)).isEmpty();
        assertThat(slices.next(TODAY.plusDays(2))).contains(new Slice(TODAY, TODAY.plusDays(2)));
    }

    @Test
    void aSeriesThatEndedLongAgoIsReadToTheEndOnAServerThatLeavesTheLastDayOut() {
        LocalDate ended = TODAY.minusDays(150);
        Slices slices = slices(TODAY.minusDays(250), new Cursor(TODAY.minusDays(250), ended), 30, true);
        List<Slice> asked = new ArrayList<>();
        for (Optional<Slice> slice = slices.next(TODAY); slice.isPresent(); slice = slices.next(TODAY)) {
            asked.add(slice.get());
            LocalDate last = slices.toAskFor(slice.get()).minusDays(1);
            List<LocalDate> days = last.minusDays(slice.get().length() - 1L).datesUntil(last.plusDays(1))
                    .filter(day -> !day.isAfter(ended)).toList();
            slices.accept(slice.get(), slices.toAskFor(slice.get()), days, TODAY);
            assertThat(asked).hasSizeLessThan(10);
        }
        assertThat(asked.get(asked.size() - 1).last()).isEqualTo(TODAY);
        assertThat(slices.cursor().last()).isEqualTo(ended);
    }

    @Test
    void aSparseSeriesIsAskedOnceMoreWithADayMoreAtEachEndWhileTheLastDayIsUnknown() {
        Slices slices = slices(TODAY.minusDays(250), null, 30, false);
        Slice slice = slices.next(TODAY).orElseThrow();
        assertThat(slices.accept(slice, slice.last(), List.of(), TODAY)).isNull();
        Slice again = slices.next(TODAY).orElseThrow();
        assertThat(again).isEqualTo(new Slice(slice.first().minusDays(1), slice.last().minusDays(1)));
        assertThat(slices.accept(again, again.last(), List.of(), TODAY)).isEqualTo(new Cursor(slice.first(), again.last().minusDays(1)));
        assertThat(slices.stores(again, again.first(), TODAY)).isFalse();
        assertThat(slices.next(TODAY).map(Slice::first)).contains(again.last().minusDays(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 400})
    void aLaterPassBeginsTheLookBackBeforeTheCursorButNotBeforeTheStart(int lookback) {
        LocalDate start = TODAY.minusDays(120);
        Cursor stored = new Cursor(start, TODAY.minusDays(4));
        Slice slice = slices(start, stored, lookback, true).next(TODAY).orElseThrow();
        assertThat(slice.first()).isEqualTo(lookback == 400 ? start : TODAY.minusDays(4 + lookback));
    }

    @Test
    void todayIsNeverBehindTheCursorNorADayThatEndedWhileItWasAsked() {
        Slices slices = slices(TODAY.minusDays(3), null, 30, true);
        Slice slice = slices.next(TODAY).orElseThrow();
        Cursor cursor = slices.accept(slice, TODAY, slice.first().datesUntil(TODAY.plusDays(1)).toList(), TODAY.plusDays(1));
        assertThat(cursor).isEqualTo(new Cursor(slice.first(), TODAY.minusDays(1)));
    }

    @Test
    void anEarlierStartIsFilledBackwardFromTheStoredDays() {
        lastDay.learn(0);
        Cursor stored = new Cursor(TODAY.minusDays(40), TODAY.minusDays(1));
        List<Slice> asked = walk(slices(TODAY.minusDays(240), stored, 0, true), 0);
        assertThat(asked).containsExactly(new Slice(TODAY.minusDays(1), TODAY), new Slice(TODAY.minusDays(140), TODAY.minusDays(41)),
                new Slice(TODAY.minusDays(240), TODAY.minusDays(141)));
    }

    @Test
    void aStartBehindTheStoredDaysBeginsAnew() {
        Cursor stored = new Cursor(TODAY.minusDays(90), TODAY.minusDays(50));
        Slices slices = slices(TODAY.minusDays(10), stored, 30, true);
        assertThat(slices.cursor()).isNull();
        assertThat(walk(slices, 0)).containsExactly(new Slice(TODAY.minusDays(10), TODAY));
        assertThat(slices.cursor()).isEqualTo(new Cursor(TODAY.minusDays(10), TODAY.minusDays(1)));
        assertThat(slices(TODAY.minusDays(49), stored, 30, true).cursor()).isEqualTo(stored);
    }

    @Test
    void aStartInTheFutureAsksForNothing() {
        assertThat(slices(TODAY.plusDays(1), null, 30, true).next(TODAY)).isEmpty();
    }

    @Test
    void rowsFromOutsideTheSliceBeforeTheStartOrFromTheFutureAreNotStored() {
        Slices slices = slices(TODAY.minusDays(3), null, 30, true);
        Slice slice = new Slice(TODAY.minusDays(4), TODAY.plusDays(1));
        assertThat(slices.stores(slice, TODAY.minusDays(4), TODAY)).isFalse();
        assertThat(slices.stores(slice, TODAY.minusDays(3), TODAY)).isTrue();
        assertThat(slices.stores(slice, TODAY, TODAY)).isTrue();
        assertThat(slices.stores(slice, TODAY.plusDays(1), TODAY)).isFalse();
        assertThat(slices.stores(new Slice(TODAY, TODAY), TODAY.minusDays(1), TODAY)).isFalse();
    }

    @Test
    void oneDayARequestIsEnoughForAServerThatLeavesTheLastDayOut() {
        Slices slices = new Slices(TODAY.minusDays(5), null, 0, 1, true, lastDay, true);
        walk(slices, 1);
        assertThat(slices.cursor()).isEqualTo(new Cursor(TODAY.minusDays(5), TODAY.minusDays(1)));
    }

    @Test
    void oneDayARequestEndsTooThoughTheSeriesEndedLongAgo() {
        Slices slices = new Slices(TODAY.minusDays(30), new Cursor(TODAY.minusDays(30), TODAY.minusDays(20)), 3, 1, true, lastDay, true);
        int asked = 0;
        for (Optional<Slice> slice = slices.next(TODAY); slice.isPresent(); slice = slices.next(TODAY)) {
            LocalDate day = slices.toAskFor(slice.get()).minusDays(1);
            slices.accept(slice.get(), slices.toAskFor(slice.get()), day.isAfter(TODAY.minusDays(20)) ? List.of() : List.of(day), TODAY);
            assertThat(++asked).isLessThan(100);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noDayOfTheLookBackDropsOutWhereTheWorkspacesDayIsAhead(boolean zeroFilled) {
        Cursor stored = new Cursor(TODAY.minusDays(200), TODAY.minusDays(1));
        for (int pass = 1; pass <= 2; pass++) {
            LocalDate oldest = TODAY.minusDays(31);
            boolean read = false;
            int asked = 0;
            Slices slices = slices(TODAY.minusDays(200), stored, 30, zeroFilled);
            for (Optional<Slice> slice = slices.next(TODAY); slice.isPresent(); slice = slices.next(TODAY)) {
                answer(slices, slice.get(), -1);
                read |= !oldest.isBefore(TODAY.plusDays(2).minusDays(slice.get().length()));
                asked++;
            }
            assertThat(read).isTrue();
            assertThat(asked).as("the second pass knows it from the first").isEqualTo(pass == 1 ? 2 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01, true", "2026-03-31, true", "2026-04-01, true", "2026-04-02, false", "2027-01-01, false"})
    void anAnswerWithRowsThatNoHabitExplainsIsAboutOtherDays(LocalDate newest, boolean answered) {
        Slice slice = new Slice(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-03-31"));
        assertThat(Slices.answered(slice, slice.last(), List.of(LocalDate.parse("2026-02-01"), newest))).isEqualTo(answered);
        assertThat(Slices.answered(slice, slice.last(), List.of(LocalDate.parse("2025-12-20"), newest))).as("more than was asked for").isTrue();
        assertThat(Slices.answered(slice, slice.last(), List.of())).isTrue();
    }

    @Test
    void aSparseAnswerWithRowsOfDaysBeforeAloneDoesNotMoveTheCursor() {
        Slices slices = slices(TODAY.minusDays(250), null, 30, false);
        Slice first = slices.next(TODAY).orElseThrow();
        List<LocalDate> repeated = List.of(first.first(), first.first().plusDays(50));
        Cursor stored = slices.accept(first, first.last(), repeated, TODAY);
        assertThat(stored.last()).isEqualTo(first.last().minusDays(1));
        for (Optional<Slice> slice = slices.next(TODAY); slice.isPresent(); slice = slices.next(TODAY)) {
            assertThat(slices.accept(slice.get(), slice.get().last(), repeated, TODAY)).isEqualTo(stored);
        }
    }

    @Test
    void aSparseAnswerAboutDaysBeforeTheStartDoesNotMoveTheStart() {
        Slices slices = slices(TODAY.minusDays(150), null, 30, false);
        LocalDate first = TODAY.minusDays(150);
        for (Optional<Slice> slice = slices.next(TODAY); slice.isPresent(); slice = slices.next(TODAY)) {
            List<LocalDate> days = slice.get().last().isBefore(TODAY) ? List.of(first.minusDays(9)) : slice.get().first().datesUntil(TODAY).toList();
            assertThat(slices.accept(slice.get(), slice.get().last(), days, TODAY)).isNull();
        }
    }

    private Slices slices(LocalDate start, Cursor stored, int lookback, boolean zeroFilled) {
        return new Slices(start, stored, lookback, 100, zeroFilled, lastDay, true);
    }

    /** Walks to the end against a server with all rows and this lag. */
    private static List<Slice> walk(Slices slices, int lag) {
        List<Slice> asked = new ArrayList<>();
        for (Optional<Slice> slice = slices.next(TODAY); slice.isPresent(); slice = slices.next(TODAY)) {
            asked.add(slice.get());
            answer(slices, slice.get(), lag);
            assertThat(asked).hasSizeLessThan(50);
        }
        return asked;
    }

    private static Cursor answer(Slices slices, Slice slice, int lag) {
        LocalDate asked = slices.toAskFor(slice);
        LocalDate last = (asked.isAfter(TODAY) ? TODAY : asked).minusDays(lag);
        return slices.accept(slice, asked, last.minusDays(slice.length() - 1L).datesUntil(last.plusDays(1)).toList(), TODAY);
    }
}
