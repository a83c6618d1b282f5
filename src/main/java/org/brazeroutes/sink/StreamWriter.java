package org.brazeroutes.sink;

import java.util.List;
import java.util.Map;
import org.brazeroutes.stream.Checkpoint;

/** Takes the records of one pass of one stream; used by several threads. */
public interface StreamWriter extends AutoCloseable {

    /** Stores the records of one answer and moves the checkpoint with them, or neither. */
    Written write(List<Map<String, Object>> records, Checkpoint checkpoint);

    /** The stream is read again from its beginning: what was taken so far does not count. */
    void restart();

    /** Nothing came of this partition, which is in the source all the same: what is stored of it stays. */
    default void keep(String partition) {
        // who removes nothing keeps it
    }

    /**
     * The pass has ended.
     *
     * @param complete true if every partition was read: then what was not among the records is gone from the source
     */
    Written finish(boolean complete);

    @Override
    void close();
}
