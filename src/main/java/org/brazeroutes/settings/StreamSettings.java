package org.brazeroutes.settings;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.brazeroutes.stream.SyncMode;

/**
 * What holds for one stream, its own settings before the common ones.
 *
 * @param period       how often it runs, unless there is a cron
 * @param cron         a Quartz cron expression in its place
 * @param lookbackDays days before the cursor that are read again
 * @param startDate    the first day of history; empty means the default, which the state store keeps
 * @param mode         the mode asked for; empty means the default of stream and sink
 */
public record StreamSettings(String name, boolean enabled, Duration period, Optional<String> cron, int lookbackDays,
                             Optional<LocalDate> startDate, Optional<SyncMode> mode) {
}
