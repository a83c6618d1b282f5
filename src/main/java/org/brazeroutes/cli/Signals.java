package org.brazeroutes.cli;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Catches SIGHUP, SIGINT and SIGTERM: the first calls back, once, so that work can end in order. A second one halts the process, and so
 * does work that has not ended in time: a database that keeps a statement waiting may do so for hours, and a kill harms nothing.
 */
final class Signals implements AutoCloseable {

    /** The signals, with the exit code that shells expect of each. */
    enum Kind {
        HUP(129), INT(130), TERM(143);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    /** Users are promised an end within 10 s. */
    private static final Duration LONGEST = Duration.ofSeconds(9);

    /** So soon the same signal is one: timeout(1) sends it to its child, and then to the group of both. */
    private static final Duration SAME = Duration.ofMillis(500);

    private static final int LAST_WORDS_MS = 200;

    /** The first signal, and when it came in nanoseconds. */
    private record Received(Kind kind, long at) {
    }

    private final AtomicReference<Received> received = new AtomicReference<>();
    private final Map<Kind, SignalHandler> before = new EnumMap<>(Kind.class);
    private final Runnable onFirst;
    private final ToIntFunction<Kind> exitCode;
    private final Duration longest;
    private final IntConsumer halt;
    private final Thread watchdog = new Thread(this::watch, "halt");

    /**
     * @param onFirst  runs on the signal's own thread
     * @param exitCode what the process ends with after the signal
     */
    Signals(Runnable onFirst, ToIntFunction<Kind> exitCode) {
        this(onFirst, exitCode, LONGEST, Runtime.getRuntime()::halt);
    }

    Signals(Runnable onFirst, ToIntFunction<Kind> exitCode, Duration longest, IntConsumer halt) {
        this.onFirst = onFirst;
        this.exitCode = exitCode;
        this.longest = longest;
        this.halt = halt;
        watchdog.setDaemon(true);
        for (Kind kind : Kind.values()) {
            handle(kind, signal -> receive(kind)).ifPresent(handler -> before.put(kind, handler));
        }
    }

    /** For work that leaves nothing behind: a signal ends the process at once. */
    static void endAtOnce() {
        for (Kind kind : Kind.values()) {
            handle(kind, signal -> Runtime.getRuntime().halt(kind.exitCode()));
        }
    }

    /** Returns the handler before; empty with java -Xrs, which leaves signals to the system: they end the process at once. */
    private static Optional<SignalHandler> handle(Kind kind, SignalHandler handler) {
        try {
            return Optional.of(Signal.handle(new Signal(kind.name()), handler));
        } catch (IllegalArgumentException reserved) {
            return Optional.empty();
        }
    }

    /** The exit code after the signal that ended the work, if one did. */
    Optional<Integer> exitCode() {
        return Optional.ofNullable(received.get()).map(first -> exitCode.applyAsInt(first.kind));
    }

    /** Gives the signals back to whom they belonged before. */
    @Override
    public void close() {
        watchdog.interrupt();
        before.forEach((kind, handler) -> Signal.handle(new Signal(kind.name()), handler));
    }

    private void receive(Kind kind) {
        Received now = new Received(kind, System.nanoTime());
        if (received.compareAndSet(null, now)) {
            watchdog.start();
            onFirst.run();
        } else if (received.get().kind != kind || now.at - received.get().at > SAME.toNanos()) {
            halt.accept(kind.exitCode());
        }
    }

    private void watch() {
        try {
            Thread.sleep(longest.toMillis());
            // in a thread of its own: nobody may be reading what is logged
            Thread told = new Thread(() -> LOG.warn("the work did not end within {} s of the signal, so the process ends as it stands; the next start goes on",
                    longest.toSeconds()), "last words");
            told.setDaemon(true);
            told.start();
            told.join(LAST_WORDS_MS);
            halt.accept(exitCode.applyAsInt(received.get().kind));
        } catch (InterruptedException ended) {
            // in time
        }
    }
}
