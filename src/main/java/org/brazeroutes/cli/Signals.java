package org.brazeroutes.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Catches SIGINT and SIGTERM: the first calls back, once, so that work can end in order; a second one halts the process. */
final class Signals implements AutoCloseable {

    /** The signals, with the exit code that shells expect of each. */
    enum Kind {
        INT(130), TERM(143);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private final AtomicReference<Kind> received = new AtomicReference<>();
    private final Map<Kind, SignalHandler> before = new EnumMap<>(Kind.class);
    private final Runnable onFirst;
    private final IntConsumer halt;

    /** @param onFirst runs on the signal's own thread */
    Signals(Runnable onFirst) {
        this(onFirst, Runtime.getRuntime()::halt);
    }

    Signals(Runnable onFirst, IntConsumer halt) {
        this.onFirst = onFirst;
        this.halt = halt;
        for (Kind kind : Kind.values()) {
            try {
                before.put(kind, Signal.handle(new Signal(kind.name()), signal -> receive(kind)));
            } catch (IllegalArgumentException reserved) {
                // java -Xrs leaves signals to the system: they end the process at once
            }
        }
    }

    /** The signal that ended the work, if one did. */
    Optional<Kind> received() {
        return Optional.ofNullable(received.get());
    }

    /** Gives the signals back to whom they belonged before. */
    @Override
    public void close() {
        before.forEach((kind, handler) -> Signal.handle(new Signal(kind.name()), handler));
    }

    private void receive(Kind kind) {
        if (received.compareAndSet(null, kind)) {
            onFirst.run();
        } else {
            halt.accept(kind.exitCode());
        }
    }
}
