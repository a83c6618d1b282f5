package org.brazeroutes.pass;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.brazeroutes.sink.Checkpoints;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/** A pass's checkpoints, which are saved only as long as this process has the stream. */
record LeasedCheckpoints(Workspace workspace, Stream stream, SyncMode mode, Outcome outcome) implements Checkpoints {

    @Override
    public void save(Connection connection, List<Checkpoint> checkpoints) throws SQLException {
        workspace.leases().check(connection, stream.name());
        workspace.state().save(connection, stream.name(), checkpoints);
    }

    @Override
    public void forget(Connection connection) throws SQLException {
        if (workspace.state().forgetDays(connection, stream.name()) && mode.incremental()) {
            outcome.note("its table is gone, so it is read anew from the start date");
        }
    }

    @Override
    public void folderGone(Path folder) {
        if (mode == SyncMode.INCREMENTAL_APPEND && workspace.state().cursorRange(stream.name()) != null) {
            outcome.note(folder + " is gone; what was in it is not written again. To read it anew, run 'reset " + stream.name() + "'");
        }
    }
}
