package org.brazeroutes.stream;

import java.util.Locale;

/** What the target of a stream holds after a sync; written in settings as its {@link #text()}. */
public enum SyncMode {
    /** Exactly the records of the last complete pass. */
    FULL_REFRESH_OVERWRITE,
    /** The records of every pass, told apart by their sync id. */
    FULL_REFRESH_APPEND,
    /** Each completed day once, and again whenever its record changed. */
    INCREMENTAL_APPEND,
    /** One row per primary key, with the latest values. */
    INCREMENTAL_DEDUP;

    /** The mode's name in settings and output, such as {@code incremental_dedup}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if rows are only added, so that one record may have several. */
    public boolean appends() {
        return this == FULL_REFRESH_APPEND || this == INCREMENTAL_APPEND;
    }

    /** True if a pass reads from the checkpoint on. */
    public boolean incremental() {
        return this == INCREMENTAL_APPEND || this == INCREMENTAL_DEDUP;
    }

    @Override
    public String toString() {
        return text();
    }
}
