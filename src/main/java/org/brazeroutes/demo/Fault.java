package org.brazeroutes.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which requests get which {@link Answer} in place of the regular one. Immutable:
 * {@code Fault.on("/campaigns/data_series").where("campaign_id", id).times(3).answer(Answer.status(503))}.
 *
 * @param path  null for every path
 * @param after how many matching requests are answered regularly first
 * @param times how many requests get the answer
 */
public record Fault(String path, Map<String, String> where, int after, int times, Answer answer) {

    public Fault {
        where = Map.copyOf(where);
    }

    /** Requests to one path, without end. */
    public static Fault on(String path) {
        return new Fault(path, Map.of(), 0, Integer.MAX_VALUE, Answer.status(500));
    }

    /** Requests to every path, without end. */
    public static Fault everywhere() {
        return on(null);
    }

    /** Only requests with this decoded query parameter; "" also matches an absent one. */
    public Fault where(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(where);
        more.put(parameter, value);
        return new Fault(path, more, after, times, answer);
    }

    /** Lets n matching requests pass first. */
    public Fault after(int n) {
        return new Fault(path, where, n, times, answer);
    }

    public Fault times(int n) {
        return new Fault(path, where, after, n, answer);
    }

    public Fault answer(Answer other) {
        return new Fault(path, where, after, times, other);
    }

    boolean matches(Request request) {
        return (path == null || path.equals(request.path()))
                && where.entrySet().stream().allMatch(entry -> request.text(entry.getKey()).equals(entry.getValue()));
    }
}
