package org.brazeroutes.demo;

/** What a series answers for days on which nothing happened. */
public enum Fill {
    /** A row of zeros for each day. */
    ZEROS,
    /** No row. */
    NOTHING,
    /** The window's last day alone if nothing happened in all of it, else a row for each day. */
    LAST_DAY_IF_IDLE,
    /** No rows at all, whatever happened. */
    NEVER
}
