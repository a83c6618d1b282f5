package org.brazeroutes.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the simulator was asked, in the order in which it answered. Thread safe. */
public final class RequestLog {
    private final List<LoggedRequest> requests = new ArrayList<>();
    private int inFlight;
    private int highestInFlight;

    RequestLog() {
    }

    public synchronized List<LoggedRequest> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<LoggedRequest> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public synchronized int count() {
        return requests.size();
    }

    public int count(String path) {
        return requests(path).size();
    }

    /** Number of requests by path. */
    public synchronized Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        requests.forEach(request -> counts.merge(request.path(), 1, Integer::sum));
        return counts;
    }

    /** The highest number of requests that were being answered at one time. */
    public synchronized int highestInFlight() {
        return highestInFlight;
    }

    /** Forgets all requests; those in flight still count as such. */
    public synchronized void clear() {
        requests.clear();
        highestInFlight = inFlight;
    }

    synchronized void started() {
        inFlight++;
        highestInFlight = Math.max(highestInFlight, inFlight);
    }

    synchronized void answered(LoggedRequest request) {
        requests.add(request);
    }

    synchronized void ended() {
        inFlight--;
    }
}
