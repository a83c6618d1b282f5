package org.brazeroutes.sink;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.brazeroutes.stream.Checkpoint;

/** Saves checkpoints in the transaction that stores their records. */
public interface Checkpoints {

    /** Called once in each such transaction, also without a checkpoint: it throws if this process may not store rows any more. */
    void save(Connection connection, List<Checkpoint> checkpoints) throws SQLException;

    /** Forgets which days are stored, in the transaction that removes them or finds them gone. */
    default void forget(Connection connection) throws SQLException {
        // who keeps no cursors has nothing to forget
    }

    /** The folder that held what is stored is not there any more; whether somebody moved it away or lost it, nobody knows. */
    default void folderGone(Path folder) {
        // who keeps no cursors does not miss it
    }
}
