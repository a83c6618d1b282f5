package org.brazeroutes.camel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.brazeroutes.database.Database;
import org.brazeroutes.pass.Passes;
import org.brazeroutes.pass.Workspace;
import org.brazeroutes.state.Leases;
import org.brazeroutes.stream.Causes;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done beside the passes, in threads of its own: leases are renewed, the database is asked whether it answers, files
 * that are old enough are finished, and timers begin anew after this machine's clock was set back.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final long PROBE_SECONDS = 5;

    private final CamelContext context;
    private final Workspace workspace;
    private final Passes passes;
    private final Probe probe;
    private final ClockWatch clockWatch = new ClockWatch(System::currentTimeMillis, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    /** The streams that a timer begins again and again. */
    private final List<String> repeated = new CopyOnWriteArrayList<>();
    /** Those of them whose timers wait for a clock that was set back; used by the one thread alone. */
    private final Set<String> behind = new HashSet<>();

    Heartbeat(CamelContext context, Workspace workspace, Passes passes, Database database) {
        this.context = context;
        this.workspace = workspace;
        this.passes = passes;
        this.probe = new Probe(database::answers, System::nanoTime);
    }

    void start() {
        ScheduledExecutorService thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "heartbeat");
        every(Leases.RENEWAL.toSeconds(), "renew the leases", workspace.leases()::renew, thread);
        every(Leases.RENEWAL.toSeconds(), "begin timers anew", this::startTimersAnew, thread);
        every(1, "finish files", workspace.sink()::tick, thread);
        // who asks for the health must not wait for it, nor it for a renewal that hangs
        every(PROBE_SECONDS, "ask the database", probe::ask, context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "probe"));
    }

    private static void every(long seconds, String what, Runnable task, ScheduledExecutorService thread) {
        thread.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // one that goes through would be the last: the scheduler calls no task again that threw
                LOG.warn("cannot {}: {}. Tried again in {} s", what, Causes.line(e), seconds);
            }
        }, seconds, seconds, TimeUnit.SECONDS);
    }

    boolean databaseAnswers() {
        return probe.answers();
    }

    /** The stream's timer goes off again and again. */
    void repeats(String stream) {
        repeated.add(stream);
    }

    /** After the clock was set back; that of a stream with a running pass when it has ended. */
    private void startTimersAnew() {
        if (clockWatch.setBack()) {
            LOG.warn("this machine's clock was set back: the timers of all streams begin anew");
            behind.addAll(repeated);
            try {
                Schedule.cronsAnew(context);
            } catch (SchedulerException e) {
                LOG.warn("crons do not begin anew: {}. Start the process again", Causes.line(e));
            }
        }
        for (String name : behind.stream().filter(stream -> !passes.runs(stream)).toList()) {
            behind.remove(name);
            try {
                Consumer timer = context.getRoute(name).getConsumer();
                timer.stop();
                timer.start();
            } catch (RuntimeException e) {
                LOG.warn("{}: its timer does not begin anew: {}. Start the process again", name, Causes.line(e));
            }
        }
    }
}
