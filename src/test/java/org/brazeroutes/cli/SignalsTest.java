package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;

class SignalsTest {

    @Test
    void firstSignalCallsBackAndSecondOneHalts() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Signals signals = new Signals(() -> seen.add("stop"), Signals.Kind::exitCode, Duration.ofMinutes(1), code -> seen.add("halt " + code))) {
            assertThat(signals.exitCode()).isEmpty();
            Signal.raise(new Signal("TERM"));
            await().until(() -> seen.contains("stop"));
            assertThat(signals.exitCode()).contains(143);
            // not INT: where the build runs in the background, a shell may have it ignored
            // and again until it is no longer taken for the first one
            await().until(() -> {
                Signal.raise(new Signal("TERM"));
                return seen.size() > 1;
            });
            assertThat(seen).startsWith("stop", "halt 143");
        }
    }

    @Test
    void workThatDoesNotEndInTimeEndsWithTheProcess() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Signals signals = new Signals(() -> seen.add("stop"), kind -> 0, Duration.ofMillis(50), code -> seen.add("halt " + code))) {
            Signal.raise(new Signal("TERM"));
            await().until(() -> seen.size() == 2);
            assertThat(seen).containsExactlyInAnyOrder("stop", "halt 0");
            assertThat(signals.exitCode()).contains(0);
        }
    }
}
