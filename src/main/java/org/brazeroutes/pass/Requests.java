package org.brazeroutes.pass;

import java.util.List;
import java.util.Map;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.Request;
import org.brazeroutes.stream.Checkpoint;

/** The requests that one partition needs, each known when the one before is answered. */
interface Requests {

    boolean hasNext();

    Request next();

    void answered(Answer answer);

    /** The records to store, of those that the route hands to the sink. */
    default List<Map<String, Object>> toStore(List<Map<String, Object>> records) {
        return records;
    }

    /** All were answered and stored. */
    default void done() {
    }

    /** What to save with them. */
    default Checkpoint checkpoint() {
        return Checkpoint.NONE;
    }
}
