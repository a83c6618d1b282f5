package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state lives in the tables' database, or in one of its own: each is known to the user by other settings. */
class StateDatabaseTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"jdbc, sink.jdbc.url, SINK_JDBC_URL", "file, state.jdbc.url, STATE_JDBC_URL", "log:braze, state.jdbc.url, STATE_JDBC_URL"})
    void aDatabaseThatCannotBeOpenedIsToldWithTheSettingThatNamesIt(String sink, String setting, String variable) throws IOException {
        Path file = Files.writeString(directory.resolve("braze.mv.db"), "holiday pictures");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = new BrazeRoutes(Recording.console(new ByteArrayOutputStream(), err, ""),
                Map.of("SINK", sink, variable, "jdbc:h2:file:" + directory.resolve("braze")), directory, EngineCommands::new).execute("status");
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("cannot open jdbc:h2:file:").contains("no H2 database", "choose another " + setting)
                .hasLineCount(1);
        assertThat(file).hasContent("holiday pictures");
    }
}
