package org.brazeroutes.pass;

import java.time.Instant;

/**
 * Where a running pass stands.
 *
 * @param partitions how many there are, 0 while that is not known
 * @param done       how many of them are finished
 * @param waitUntil  the end of the present wait for Braze's limit, or null
 */
public record PassProgress(String stream, long partitions, long done, long records, long requests, Instant waitUntil) {
}
