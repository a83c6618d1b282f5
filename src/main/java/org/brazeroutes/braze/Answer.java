package org.brazeroutes.braze;

import java.util.List;
import java.util.Map;

/**
 * A proper answer.
 *
 * @param records its records, each with valid keys; the fields in Braze's order
 */
public record Answer(List<Map<String, Object>> records) {
}
