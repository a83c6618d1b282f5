package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {

    private long wall = 1_000_000;
    private long steady = 7;
    private final ClockWatch watch = new ClockWatch(() -> wall, () -> steady);

    @ParameterizedTest
    @ValueSource(longs = {-5_001, -60_000, -86_400_000})
    void aClockThatWasSetBackIsNoticedOnce(long by) {
        pass(20_000, 20_000 + by);
        assertThat(watch.setBack()).isTrue();
        pass(20_000, 20_000);
        assertThat(watch.setBack()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-4_000, 0, 3, 86_400_000})
    void oneThatRunsALittleSlowOrWasSetForwardIsNot(long by) {
        pass(20_000, 20_000 + by);
        assertThat(watch.setBack()).isFalse();
    }

    @Test
    void aLongTimeWithoutALookIsNoReason() {
        pass(3_600_000, 3_600_000);
        assertThat(watch.setBack()).isFalse();
    }

    private void pass(long steadyMs, long wallMs) {
        steady += steadyMs;
        wall += wallMs;
    }
}
