package org.brazeroutes.pass;

import java.util.ArrayList;
import java.util.List;
import org.brazeroutes.state.LeaseLostException;
import org.brazeroutes.stream.Causes;
import org.brazeroutes.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What becomes of a pass: what ended it, what failed on the way, and what else to know. Used by all threads of the pass. */
final class Outcome {

    private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

    private final Stream stream;
    /** What the stream's last pass noted, which is not told again. */
    private final List<String> known;
    private final List<String> notes = new ArrayList<>();
    private volatile Result ending;
    private boolean whole;
    private long failedPartitions;
    private long gonePartitions;
    private long refusedRecords;
    private String error;
    /** The error that was logged when it happened. */
    private String told;
    private String because;
    private String goneMessage;

    Outcome(Stream stream, List<String> known) {
        this.stream = stream;
        this.known = known;
    }

    /** True until something ended the whole pass. */
    boolean open() {
        return ending == null;
    }

    /**
     * Ends the whole pass. The first ending counts.
     *
     * @param of the stream that ended before, and this one with it; or null
     */
    synchronized void end(Result result, String why, String of) {
        if (ending == null) {
            ending = result;
            error = result.good() ? error : why;
            because = of;
        }
    }

    /** A step of the end itself failed. What failed first says why; the rest mostly follows from it. */
    synchronized void broken(Throwable failure) {
        if (ending != Result.FAILED) {
            boolean lost = failure instanceof LeaseLostException;
            ending = lost ? Result.BUSY : Result.FAILED;
            error = (lost ? "" : stream.name() + ": ") + Causes.line(failure);
            because = null;
        }
    }

    /** Some partitions failed; the others go on. */
    synchronized void partitionsFailed(long count, String message) {
        failedPartitions += count;
        tell(message);
    }

    synchronized void recordRefused(String message) {
        refusedRecords++;
        tell(message);
    }

    private void tell(String message) {
        if (error == null) {
            error = stream.name() + ": " + message;
            told = error;
        }
        ending = ending == Result.COMPLETE ? Result.PARTIAL : ending;
        LOG.warn("{}: {}", stream.name(), message);
    }

    /** Braze does not know one of the partitions any more: no failure, unless it knows none. */
    synchronized void partitionGone(String message) {
        gonePartitions++;
        goneMessage = message;
    }

    synchronized void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
            LOG.atLevel(known.contains(note) ? Level.DEBUG : Level.WARN).log("{}: {}", stream.name(), note);
        }
    }

    /**
     * Says how the pass ends. Steps of the end that fail, and records that are refused, can only make it worse.
     *
     * @param partitions that it has
     * @param stopped    true if the process is to end
     */
    synchronized Result settle(long partitions, boolean stopped) {
        if (ending == null) {
            ending = stopped ? Result.INTERRUPTED : reached(partitions);
            whole = ending == Result.COMPLETE || ending == Result.PARTIAL && failedPartitions == 0;
        }
        return ending;
    }

    private Result reached(long partitions) {
        if (gonePartitions > 0 && gonePartitions == partitions) {
            if (stream.retired() != null) {
                note(stream.retired());
                return Result.SKIPPED;
            }
            error = error == null ? stream.name() + ": Braze refused every request. " + goneMessage : error;
            return Result.FAILED;
        }
        if (failedPartitions > 0 && (stream.kind() == Stream.Kind.LIST || failedPartitions == partitions)) {
            return Result.FAILED;
        }
        return failedPartitions + refusedRecords > 0 ? Result.PARTIAL : Result.COMPLETE;
    }

    synchronized Result result() {
        return ending;
    }

    /** True if every partition, whatever its records, was read to its end. */
    synchronized boolean whole() {
        return whole;
    }

    /** What went wrong, in a line, or null. */
    synchronized String error() {
        return error;
    }

    /** True if the error was logged when it happened. */
    synchronized boolean told() {
        return error != null && error.equals(told);
    }

    /** The stream whose end was this one's too, or null. */
    synchronized String because() {
        return because;
    }

    /** What was noted, and what became of values and partitions, a line each. */
    synchronized List<String> notes(long partitions, long misfits) {
        List<String> all = new ArrayList<>(notes);
        if (misfits > 0) {
            all.add(misfits + " values did not fit their declared type; the column is null, the value is in _extra");
        }
        if (gonePartitions > 0) {
            all.add(gonePartitions + " of " + partitions + " partitions are gone from Braze");
        }
        if (failedPartitions > 0) {
            all.add(failedPartitions + " of " + Math.max(1, partitions) + " partitions failed");
        }
        return all;
    }
}
