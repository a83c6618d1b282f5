package org.brazeroutes.sink;

import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** A target for streams. */
public interface Sink {

    /**
     * Makes the target ready for one pass of a stream. Throws SinkException, with one line, if the target is not ours or
     * does not fit.
     *
     * @param checkpoints saves how far the pass has come, together with its records
     */
    StreamWriter open(Stream stream, SyncMode mode, long syncId, Checkpoints checkpoints);

    /** True if a pass of the stream left something in the target that is neither finished nor taken back: its process died, or is at work. */
    default boolean unfinished(Stream stream) {
        return false;
    }

    /** Finishes or takes back what a dead process left of the stream; called by who holds its lease, before a pass. Throws SinkException. */
    default void recover(Stream stream) {
    }

    /** Called every second. */
    default void tick() {
    }
}
