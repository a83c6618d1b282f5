package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");
    private final Cursor cursor = new Cursor(DAY, DAY.plusDays(5));

    @Test
    void growsAtItsEndsAndNeverShrinks() {
        assertThat(cursor.until(DAY.plusDays(9))).isEqualTo(new Cursor(DAY, DAY.plusDays(9)));
        assertThat(cursor.until(DAY.plusDays(2))).isEqualTo(cursor);
        assertThat(cursor.from(DAY.minusDays(3))).isEqualTo(new Cursor(DAY.minusDays(3), DAY.plusDays(5)));
        assertThat(cursor.from(DAY.plusDays(1))).isEqualTo(cursor);
    }

    @Test
    void anEmptyOneHoldsNoDayAndBeginsWithItsFirst() {
        Cursor empty = Cursor.emptyAt(DAY);
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.holds(DAY)).isFalse();
        assertThat(empty.until(DAY.minusDays(1))).isEqualTo(empty);
        assertThat(empty.until(DAY)).isEqualTo(new Cursor(DAY, DAY));
        assertThat(cursor.isEmpty()).isFalse();
    }

    @Test
    void holdsItsFirstAndLastDay() {
        assertThat(cursor.holds(DAY)).isTrue();
        assertThat(cursor.holds(DAY.plusDays(5))).isTrue();
        assertThat(cursor.holds(DAY.minusDays(1))).isFalse();
        assertThat(cursor.holds(DAY.plusDays(6))).isFalse();
    }

    @Test
    void aSliceCountsBothItsEnds() {
        assertThat(new Slice(DAY, DAY).length()).isEqualTo(1);
        assertThat(new Slice(DAY, LocalDate.parse("2026-06-08")).length()).isEqualTo(100);
        assertThat(new Slice(DAY, DAY.plusDays(1))).hasToString("2026-03-01 to 2026-03-02");
    }
}
