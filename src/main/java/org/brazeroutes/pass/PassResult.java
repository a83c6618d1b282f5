package org.brazeroutes.pass;

import java.time.LocalDate;
import java.util.List;

/**
 * What a pass of a stream did.
 *
 * @param records         read
 * @param rows            inserted, changed or removed
 * @param rateLimitWaitMs time in which the stream waited for Braze's limit
 * @param cursorMin       oldest cursor over the partitions, or null
 * @param cursorMax       newest cursor over the partitions, or null
 * @param error           one line, or null
 * @param told            true if the error was logged when it happened
 * @param because         the stream whose end was this one's too, or null
 * @param notes           what else to know, a line each
 */
public record PassResult(String stream, String mode, Result result, long records, long rows, long requests, long retries,
        long rateLimitWaitMs, long durationMs, LocalDate cursorMin, LocalDate cursorMax, String error, boolean told, String because, List<String> notes) {

    /** Of a stream that could not even begin. */
    public static PassResult notBegun(String stream, String mode, Result result, String error, List<String> notes) {
        return new PassResult(stream, mode, result, 0, 0, 0, 0, 0, 0, null, null, error, false, null, notes);
    }
}
