package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private long nanos = -7;
    private boolean there = true;
    private final Probe probe = new Probe(() -> there, () -> nanos);

    @Test
    void whatTheDatabaseSaidLastCounts() {
        assertThat(probe.answers()).as("before it was asked").isTrue();
        there = false;
        probe.ask();
        assertThat(probe.answers()).isFalse();
        there = true;
        probe.ask();
        assertThat(probe.answers()).isTrue();
    }

    @Test
    void aQuestionThatHangsForHalfAMinuteIsAnAnswerToo() {
        probe.ask();
        pass(Duration.ofSeconds(29));
        assertThat(probe.answers()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(probe.answers()).isFalse();
        probe.ask();
        assertThat(probe.answers()).as("it was slow").isTrue();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
