package org.brazeroutes.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of an H2 database's URL: the user's, and those that a sync needs.
 *
 * @param given as the URL has them, each with a semicolon before it
 */
record H2Options(String given) {

    /** Those by which tables are not found again, keys are equal that differ, or days get a time. */
    private static final Pattern OTHER_NAMES = Pattern.compile("(?i);((?:DATABASE_TO_LOWER|CASE_INSENSITIVE_IDENTIFIERS|IGNORECASE)=(?:TRUE|T|YES|Y|1)"
            + "|DATABASE_TO_UPPER=(?:FALSE|F|NO|N|0)|MODE=ORACLE)(?=;|$)");
    /** Those with another value than the one that we need; H2 takes only one. */
    private static final Pattern OURS = Pattern.compile("(?i);(DB_CLOSE_ON_EXIT=(?!FALSE(?:;|$))[^;]*|WRITE_DELAY=(?!0(?:;|$))[^;]*)");
    private static final Pattern LOCK_TIMEOUT = Pattern.compile("(?i);LOCK_TIMEOUT=");
    private static final Pattern LOGIN = Pattern.compile("(?i);(USER|PASSWORD)=");

    /** Throws UnusableUrlException if one of them must not be there. */
    void requireUsable(DatabaseSettings settings) {
        Matcher other = OTHER_NAMES.matcher(given);
        if (other.find()) {
            throw new UnusableUrlException("take " + other.group(1) + " out of " + settings.setting("url") + ": names, keys or days would be other ones by it");
        }
        Matcher ours = OURS.matcher(given);
        if (ours.find()) {
            throw new UnusableUrlException("take " + ours.group(1) + " out of " + settings.setting("url") + ": a sync needs another value, and sets it itself");
        }
        if (LOGIN.matcher(given).find()) {
            throw new UnusableUrlException("take USER and PASSWORD out of " + settings.setting("url") + "; they belong into " + settings.setting("username")
                    + " and " + settings.setting("password"));
        }
    }

    /** With those that every connection of ours has. */
    String withOurs() {
        // replacing a large table may hold its lease's row for longer than the two seconds H2 waits by default
        return given + ";DB_CLOSE_ON_EXIT=FALSE" + (LOCK_TIMEOUT.matcher(given).find() ? "" : ";LOCK_TIMEOUT=30000");
    }
}
