package org.brazeroutes.pass;

import java.time.Instant;
import java.util.List;

/**
 * All objects of a list stream.
 *
 * @param counts false if it came back empty for the first time where objects were: then it is not believed yet
 */
record Listing(List<Parent> parents, boolean counts, Instant readAt) {
}
