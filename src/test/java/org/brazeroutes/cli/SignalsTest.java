package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;

class SignalsTest {

    @Test
    void firstSignalCallsBackAndSecondOneHalts() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Signals signals = new Signals(() -> seen.add("stop"), code -> seen.add("halt " + code))) {
            assertThat(signals.received()).isEmpty();
            Signal.raise(new Signal("TERM"));
            await().until(() -> seen.contains("stop"));
            assertThat(signals.received()).contains(Signals.Kind.TERM);
            // not INT: where the build runs in the background, a shell may have it ignored
            Signal.raise(new Signal("TERM"));
            await().until(() -> seen.size() == 2);
            assertThat(seen).containsExactly("stop", "halt 143");
            assertThat(signals.received().orElseThrow().exitCode()).isEqualTo(143);
        }
    }
}
