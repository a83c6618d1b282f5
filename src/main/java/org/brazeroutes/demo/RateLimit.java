package org.brazeroutes.demo;

import java.time.Duration;

/**
 * How many requests of a bucket are allowed in each window; windows are fixed and aligned on the clock.
 *
 * @param window whole seconds
 */
public record RateLimit(int requests, Duration window) {
    /** The bucket of nearly all endpoints. */
    public static final String DEFAULT = "default";
    /** The bucket of {@code /campaigns/data_series}. */
    public static final String CAMPAIGN_SERIES = "campaign-series";
    /** The bucket of {@code /events/list}. */
    public static final String NAMES = "names";

    public RateLimit {
        if (requests < 0 || window.getSeconds() < 1 || window.getNano() != 0) {
            throw new IllegalArgumentException("a limit needs requests and whole seconds: " + requests + "/" + window);
        }
    }
}
