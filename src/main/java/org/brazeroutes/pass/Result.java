package org.brazeroutes.pass;

import java.util.Locale;

/** How a pass of a stream ended. */
public enum Result {
    COMPLETE, PARTIAL, FAILED, SKIPPED, BUSY, INTERRUPTED;

    /** The word in output. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if nothing is left undone. */
    public boolean good() {
        return this == COMPLETE || this == SKIPPED;
    }
}
