package org.brazeroutes.cli;

import java.time.Duration;
import org.brazeroutes.camel.Engine;
import org.brazeroutes.pass.PassListener;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how streams get on: a live line for each on a terminal, else one line at its start and its end. */
interface Progress extends PassListener, AutoCloseable {

    /** Watches the engine's passes from now on. */
    default void follow(Engine engine) {
        // those who write a line for each pass need not look
    }

    @Override
    default void close() {
        // those who write a line for each pass have nothing open
    }

    static Progress on(Console console) {
        return console.terminal() ? new LiveProgress(console.err()) : lines();
    }

    /** One line at the start and the end of each pass. */
    static Progress lines() {
        return new Lines(false);
    }

    /** The same for a process that runs on, where no report follows: with the reason of a pass that is not complete. */
    static Progress running() {
        return new Lines(true);
    }

    /** The log lines, for files and for processes that run on. */
    final class Lines implements Progress {

        private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

        private final boolean reasons;

        private Lines(boolean reasons) {
            this.reasons = reasons;
        }

        @Override
        public void started(String stream) {
            LOG.info("{}: started", stream);
        }

        @Override
        public void ended(PassResult result) {
            String cursor = result.cursorMax() == null ? "" : ", cursor " + result.cursorMax();
            LOG.info("{}: {}, {}, {}, {}, {}{}", result.stream(), result.result().text(), Words.count(result.records(), "record"),
                    Words.count(result.rows(), "row"), Words.count(result.requests(), "request"), Words.time(Duration.ofMillis(result.durationMs())), cursor);
            if (reasons && result.error() != null && !result.told() && result.result() != Result.INTERRUPTED) {
                LOG.warn("{}", result.error());
            }
        }
    }
}
