package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {
    @Test
    void limitsAndLengthsAreRead() {
        SimulatorMain.Limits limits = new SimulatorMain.Limits();
        assertThat(limits.convert("6000/1m")).isEqualTo(new RateLimit(6000, Duration.ofMinutes(1)));
        assertThat(limits.convert("10/1h")).isEqualTo(new RateLimit(10, Duration.ofHours(1)));
        assertThat(new SimulatorMain.Lengths().convert("200ms")).isEqualTo(Duration.ofMillis(200));
        assertThatThrownBy(() -> limits.convert("10/200ms")).isInstanceOf(IllegalArgumentException.class);
    }
}
