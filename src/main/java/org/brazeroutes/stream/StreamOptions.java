package org.brazeroutes.stream;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the settings say about one stream.
 *
 * @param enabled      false to leave it out
 * @param mode         empty for the target's default
 * @param period       how often it runs
 * @param cron         instead of the period
 * @param lookbackDays days before the cursor that are read again
 * @param startDate    first day of history, if it differs from that of the others
 */
public record StreamOptions(boolean enabled, Optional<SyncMode> mode, Duration period, Optional<String> cron,
        int lookbackDays, Optional<LocalDate> startDate) {
}
