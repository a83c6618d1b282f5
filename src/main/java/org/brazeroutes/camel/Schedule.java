package org.brazeroutes.camel;

import org.apache.camel.model.RouteDefinition;
import org.brazeroutes.stream.Stream;

/** Turns the timer with which a stream's route begins into the schedule of this process; the route stays as it is. */
final class Schedule {

    /** A timer that goes off before its route has started is dropped, and the next one may be an hour away. */
    private static final int DELAY_MS = 100;
    /** Lists begin first, so that their children find the new listing and not that of the last period. */
    private static final int CHILD_DELAY_MS = 1000;
    /** A single pass that was dropped so is tried again. */
    private static final int AGAIN_MS = 20;

    private Schedule() {
    }

    /** One pass, now. */
    static void once(RouteDefinition route) {
        route.getInput().setUri("timer:" + route.getId() + "?repeatCount=1&delay=0&period=" + AGAIN_MS);
    }

    /** By period, or by cron in the workspace's time zone. */
    static void repeatedly(RouteDefinition route, Stream stream, StreamOptions options, String zone) {
        String uri = route.getInput().getUri();
        if (options.cron().isPresent()) {
            route.getInput().setUri("quartz:braze/" + route.getId() + "?cron=" + options.cron().get().trim().replaceAll("\\s+", "+")
                    + "&trigger.timeZone=" + zone);
        } else if (uri.startsWith("timer:") && !uri.contains("delay=")) {
            route.getInput().setUri(uri + (uri.contains("?") ? "&" : "?") + "delay=" + (stream.parent() == null ? DELAY_MS : CHILD_DELAY_MS));
        }
    }
}
