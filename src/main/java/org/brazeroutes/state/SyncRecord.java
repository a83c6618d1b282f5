package org.brazeroutes.state;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One pass of one stream in the history.
 *
 * @param result          complete, partial, failed, skipped, busy or interrupted
 * @param records         read
 * @param rows            inserted or changed
 * @param rateLimitWaitMs time in which the stream waited for Braze's limit
 * @param cursorMin       oldest cursor over the partitions, or null
 * @param cursorMax       newest cursor over the partitions, or null
 * @param error           one line, or null
 */
public record SyncRecord(String stream, long syncId, String mode, String result, long records, long rows, long requests,
        long retries, long rateLimitWaitMs, Instant started, Instant ended, LocalDate cursorMin, LocalDate cursorMax,
        String error) {
}
