package org.brazeroutes.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a pass does to its target. */
public enum SyncMode {
    /** The target holds exactly the records of the last complete pass. */
    FULL_REFRESH_OVERWRITE,
    /** The target holds the records of every pass, told apart by {@code _sync_id}. */
    FULL_REFRESH_APPEND,
    /** Each completed day once, and a new version of a day that changed. */
    INCREMENTAL_APPEND,
    /** One row per primary key with the latest values. */
    INCREMENTAL_DEDUP;

    /** The name in settings and output, {@code incremental_dedup} for example. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean incremental() {
        return this == INCREMENTAL_APPEND || this == INCREMENTAL_DEDUP;
    }

    /** The mode of that name, in the spelling of {@link #text()}. */
    public static Optional<SyncMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return text();
    }
}
