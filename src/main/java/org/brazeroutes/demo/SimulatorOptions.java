package org.brazeroutes.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How a {@link Simulator} behaves; each method returns changed options and leaves these as they are. */
public final class SimulatorOptions implements Cloneable {
    /** The key a simulator accepts unless told otherwise. */
    public static final String DEFAULT_KEY = "00000000-demo-demo-demo-000000000000";

    int port;
    String apiKey = DEFAULT_KEY;
    Set<String> missingPermissions = Set.of();
    EndingAt endingAt = EndingAt.INCLUSIVE;
    Map<String, RateLimit> limits = Map.of(
            RateLimit.DEFAULT, new RateLimit(250_000, Duration.ofHours(1)),
            RateLimit.CAMPAIGN_SERIES, new RateLimit(50_000, Duration.ofMinutes(1)),
            RateLimit.NAMES, new RateLimit(1_000, Duration.ofHours(1)));
    Duration latency = Duration.ZERO;
    Map<String, Fill> fills = Map.of(Kind.CARD.analytics(), Fill.LAST_DAY_IF_IDLE);
    int newsFeedStatus = 200;
    int unknownIdStatus = 400;
    int untrackedSegmentStatus = 200;
    Duration clockSkew = Duration.ZERO;
    Clock serverClock;

    private SimulatorOptions() {
    }

    public static SimulatorOptions defaults() {
        return new SimulatorOptions();
    }

    /** 0, the default, takes any free port. */
    public SimulatorOptions port(int port) {
        SimulatorOptions copy = copy();
        copy.port = port;
        return copy;
    }

    public SimulatorOptions apiKey(String key) {
        SimulatorOptions copy = copy();
        copy.apiKey = key;
        return copy;
    }

    /** Permissions such as {@code campaigns.details} that the key lacks: 403 on that endpoint. */
    public SimulatorOptions without(String... permissions) {
        SimulatorOptions copy = copy();
        copy.missingPermissions = new HashSet<>(missingPermissions);
        copy.missingPermissions.addAll(Set.of(permissions));
        return copy;
    }

    public SimulatorOptions endingAt(EndingAt model) {
        SimulatorOptions copy = copy();
        copy.endingAt = model;
        return copy;
    }

    /** @param bucket a name from {@link RateLimit} */
    public SimulatorOptions limit(String bucket, RateLimit limit) {
        if (!limits.containsKey(bucket)) {
            throw new IllegalArgumentException("no bucket " + bucket + "; there are " + limits.keySet());
        }
        SimulatorOptions copy = copy();
        copy.limits = new HashMap<>(limits);
        copy.limits.put(bucket, limit);
        return copy;
    }

    /** Time each answer takes before its first byte. */
    public SimulatorOptions latency(Duration latency) {
        SimulatorOptions copy = copy();
        copy.latency = latency;
        return copy;
    }

    /** What a series stream such as {@code events_analytics} answers for idle days; cards differ from the others. */
    public SimulatorOptions fill(String stream, Fill fill) {
        SimulatorOptions copy = copy();
        copy.fills = new HashMap<>(fills);
        copy.fills.put(stream, fill);
        return copy;
    }

    /** 403 or 404 on {@code /feed/*}, as in workspaces without News Feed. */
    public SimulatorOptions newsFeedRetired(int status) {
        SimulatorOptions copy = copy();
        copy.newsFeedStatus = status;
        return copy;
    }

    /** The status, 400 or 404, for ids and event names that are unknown or deleted. */
    public SimulatorOptions unknownIdStatus(int status) {
        SimulatorOptions copy = copy();
        copy.unknownIdStatus = status;
        return copy;
    }

    /** 400 refuses the series of untracked segments; 200, the default, answers zeros. */
    public SimulatorOptions untrackedSegmentStatus(int status) {
        SimulatorOptions copy = copy();
        copy.untrackedSegmentStatus = status;
        return copy;
    }

    /** How far the server's clock is ahead in its Date header and in its rate limit windows. */
    public SimulatorOptions clockSkew(Duration skew) {
        SimulatorOptions copy = copy();
        copy.clockSkew = skew;
        return copy;
    }

    /** The clock of rate limits, Date header and request log in place of the world's. */
    public SimulatorOptions serverClock(Clock clock) {
        SimulatorOptions copy = copy();
        copy.serverClock = clock;
        return copy;
    }

    private SimulatorOptions copy() {
        try {
            return (SimulatorOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
