package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.pass.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables belong to one workspace, from the moment at which they hold something of it. */
class WorkspaceTest {

    @TempDir
    private Path directory;

    @Test
    void aMistypedHostIsForgottenAndOneThatWasReadIsNot() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            URI right = synced.database.endpoint;
            synced.database.retries = 0;
            synced.database.endpoint = URI.create("http://localhost:1");
            assertThat(synced.database.sync("segments", "segments_analytics").values()).extracting(PassResult::result).containsOnly(Result.FAILED);
            synced.database.endpoint = right;
            synced.sync("segments", "segments_analytics");
            synced.hasEverything("segments", "segments_analytics");
            synced.database.endpoint = URI.create("http://localhost:" + right.getPort());
            assertThatThrownBy(() -> synced.database.sync("segments")).isInstanceOf(StartException.class)
                    .hasMessageContaining("braze.endpoint is localhost, but the tables in ").hasMessageContaining("hold the workspace at " + right.getHost());
        }
    }
}
