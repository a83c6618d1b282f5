package org.brazeroutes.pass;

import java.util.Set;
import org.brazeroutes.braze.BrazeException;
import org.brazeroutes.braze.StoppedException;
import org.brazeroutes.database.BusyException;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.sink.SinkException;
import org.brazeroutes.state.LeaseLostException;
import org.brazeroutes.stream.Causes;
import org.brazeroutes.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what a failure in a stream's route means: for its partition, or for the whole pass. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {
    }

    /**
     * Notes a failure. Of a partition that has failed before it is known what became of it.
     *
     * @param partition null if the failure is that of the whole pass
     */
    public static void note(Pass pass, Partition partition, Throwable failure) {
        LOG.debug("{}", pass.stream().name(), failure);
        if (partition != null && !partition.fail()) {
            return;
        }
        String name = pass.stream().name() + ": ";
        if (failure instanceof StoppedException) {
            pass.end(Result.INTERRUPTED, name + "stopped");
        } else if (failure instanceof LeaseLostException || failure instanceof BusyException) {
            pass.end(Result.BUSY, Causes.line(failure));
        } else if (failure instanceof ParentFailedException parent) {
            Result result = parent.ended().result();
            if (result == Result.SKIPPED && pass.stream().retired() != null) {
                pass.note(pass.stream().retired());
            }
            boolean same = Set.of(Result.SKIPPED, Result.INTERRUPTED, Result.PARTIAL).contains(result);
            pass.end(same ? result : Result.FAILED, name + Causes.line(failure), parent.ended().stream());
        } else if (failure instanceof BrazeException braze) {
            pass.failAtBraze();
            note(pass, partition, braze);
        } else if (failure instanceof SinkException || failure instanceof DatabaseException || partition == null) {
            pass.end(Result.FAILED, name + Causes.line(failure));
        } else {
            boolean list = pass.stream().kind() == Stream.Kind.LIST;
            pass.partitionFailed((list ? "" : pass.stream().shown(partition.id()) + ": ") + Causes.line(failure));
        }
    }

    private static void note(Pass pass, Partition partition, BrazeException failure) {
        String name = pass.stream().name() + ": ";
        // without a partition it was the parent's list that a child asked for
        boolean list = partition == null || pass.stream().kind() == Stream.Kind.LIST;
        boolean retired = pass.stream().retired() != null;
        switch (failure.reason()) {
            case UNAUTHORIZED, UNREACHABLE -> pass.end(Result.FAILED, name + failure.getMessage());
            case DENIED -> {
                if (retired) {
                    pass.note(pass.stream().retired());
                }
                pass.end(retired ? Result.SKIPPED : Result.FAILED, name + failure.getMessage());
            }
            case GONE -> {
                if (list && retired) {
                    pass.note(pass.stream().retired());
                    pass.end(Result.SKIPPED, null);
                } else if (list) {
                    pass.end(Result.FAILED, name + failure.getMessage());
                } else {
                    pass.partitionGone(partition.id(), failure.getMessage());
                }
            }
            case EXHAUSTED -> pass.end(Result.PARTIAL, name + failure.getMessage());
            case BROKEN -> {
                if (partition == null) {
                    pass.end(Result.FAILED, name + failure.getMessage());
                } else {
                    pass.partitionFailed(failure.getMessage());
                }
            }
        }
    }
}
