package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastDayTest {

    private final LastDay lastDay = new LastDay();

    @Test
    void nothingIsKnownBeforeAnAnswer() {
        assertThat(lastDay.lag()).isEmpty();
        assertThat(lastDay.excluded()).isFalse();
    }

    @Test
    void theLatestAnswerCounts() {
        assertThat(lastDay.learn(1)).isTrue();
        assertThat(lastDay.excluded()).isTrue();
        assertThat(lastDay.learn(-1)).isTrue();
        assertThat(lastDay.lag()).hasValue(-1);
        assertThat(lastDay.excluded()).isFalse();
    }

    @Test
    void aSeriesThatEndedDaysBeforeTeachesNothing() {
        assertThat(lastDay.learn(2)).isFalse();
        assertThat(lastDay.learn(-2)).isFalse();
        assertThat(lastDay.learn(40)).isFalse();
        assertThat(lastDay.lag()).isEmpty();
    }
}
