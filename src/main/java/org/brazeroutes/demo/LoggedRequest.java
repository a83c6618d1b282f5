package org.brazeroutes.demo;

import java.time.Instant;
import java.util.Map;

/**
 * A request the simulator received.
 *
 * @param time   by the server's clock
 * @param query  decoded parameters
 * @param status what was answered; 0 if nothing was
 */
public record LoggedRequest(Instant time, String path, Map<String, String> query, int status) {
}
