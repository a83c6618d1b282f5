package org.brazeroutes.camel;

import java.time.ZoneId;
import java.util.TimeZone;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.model.RouteDefinition;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.StreamOptions;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * Turns the timers with which the streams' routes begin into the schedule of this process; the routes stay as they are.
 *
 * @param once    one pass of each stream, now
 * @param options what the settings say about a stream
 * @param zone    the workspace's, in which crons are meant
 */
record Schedule(boolean once, Function<String, StreamOptions> options, ZoneId zone) {

    private static final String GROUP = "braze";
    /** A timer that goes off before its route has started is dropped, and the next one may be an hour away. */
    private static final int DELAY_MS = 100;
    /** Lists begin first, so that their children find the new listing and not that of the last period. */
    private static final int CHILD_DELAY_MS = 1000;
    /** A single pass that was dropped so is tried again. */
    private static final int AGAIN_MS = 20;

    boolean byCron(String stream) {
        return !once && options.apply(stream).cron().isPresent();
    }

    boolean byPeriod(String stream) {
        return !once && !byCron(stream);
    }

    /** Lets all crons look for their next time anew: the one that Quartz has found may be days away by a clock that was set back. */
    static void cronsAnew(CamelContext context) throws SchedulerException {
        if (context.hasComponent("quartz") instanceof QuartzComponent quartz && quartz.getScheduler() != null) {
            for (TriggerKey key : quartz.getScheduler().getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP))) {
                quartz.getScheduler().rescheduleJob(key, quartz.getScheduler().getTrigger(key).getTriggerBuilder().startNow().build());
            }
        }
    }

    void set(RouteDefinition route, Stream stream) {
        String uri = route.getInput().getUri();
        if (once) {
            route.getInput().setUri("timer:" + route.getId() + "?repeatCount=1&delay=0&period=" + AGAIN_MS);
        } else if (byCron(stream.name())) {
            route.getInput().setUri("quartz:" + GROUP + "/" + route.getId() + "?cron=RAW(" + options.apply(stream.name()).cron().orElseThrow().trim()
                    + ")&trigger.timeZone=RAW(" + TimeZone.getTimeZone(zone.normalized()).getID() + ")");
        } else if (uri.startsWith("timer:") && !uri.contains("delay=")) {
            route.getInput().setUri(uri + (uri.contains("?") ? "&" : "?") + "delay=" + (stream.parent() == null ? DELAY_MS : CHILD_DELAY_MS));
        }
    }
}
