package org.brazeroutes.settings;

import java.util.Optional;

/** Says what is wrong with a cron expression; passed in, so that settings need no scheduler. */
@FunctionalInterface
public interface CronCheck {

    /** The scheduler's complaint, or empty if it can run the expression. */
    Optional<String> problem(String cron);
}
