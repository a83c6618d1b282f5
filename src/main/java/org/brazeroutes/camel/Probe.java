package org.brazeroutes.camel;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What the database said when it was last asked whether it answers; one that leaves the question open does not. */
final class Probe {

    /** A question takes 15 s at most, unless the connection has vanished. */
    private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final BooleanSupplier question;
    private final LongSupplier nanos;
    private volatile boolean answered = true;
    private volatile long when;

    Probe(BooleanSupplier question, LongSupplier nanos) {
        this.question = question;
        this.nanos = nanos;
        this.when = nanos.getAsLong();
    }

    /** Asks now; may hang for as long as the question does. */
    void ask() {
        answered = question.getAsBoolean();
        when = nanos.getAsLong();
    }

    /** Says at once whether the database answers. */
    boolean answers() {
        return answered && nanos.getAsLong() - when < HANGS_NANOS;
    }
}
