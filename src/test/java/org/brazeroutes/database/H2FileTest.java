package org.brazeroutes.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2FileTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"jdbc:h2:file:/srv/braze,/srv/braze.mv.db", "jdbc:h2:/srv/braze,/srv/braze.mv.db",
            "jdbc:h2:file:/srv/a/../braze;CACHE_SIZE=1000,/srv/braze.mv.db"})
    void urlOfAFileNamesIt(String url, Path file) {
        assertThat(H2File.of(url)).hasValueSatisfying(found -> assertThat(found.file()).isEqualTo(file));
    }

    @Test
    void relativePathsCountFromTheWorkingDirectoryAndTheTildeFromHome() {
        assertThat(H2File.of("jdbc:h2:file:./data/braze").orElseThrow().file()).isEqualTo(Path.of("data/braze.mv.db").toAbsolutePath());
        assertThat(H2File.of("jdbc:h2:~/braze").orElseThrow().file()).isEqualTo(Path.of(System.getProperty("user.home"), "braze.mv.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:braze", "jdbc:h2:mem:", "jdbc:h2:tcp://localhost/~/braze", "jdbc:h2:ssl://host/x",
            "jdbc:postgresql://host/braze", "jdbc:h2:file:"})
    void otherDatabasesAreNoFile(String url) {
        assertThat(H2File.of(url)).isEmpty();
    }

    @Test
    void whileHeldOthersReadThroughTheServerAndOurOwnReadersFindIt() throws Exception {
        DatabaseSettings settings = settings("", "");
        H2File file = H2File.of(settings.url()).orElseThrow();
        try (Database held = Database.open(settings)) {
            held.transaction(connection -> {
                Database.execute(connection, "create table seen (n int)");
                Database.execute(connection, "insert into seen values (7)");
                return null;
            });
            assertThat(Files.readString(directory.resolve("braze.server")).strip()).isEqualTo(file.serverUrl().orElseThrow())
                    .startsWith("jdbc:h2:tcp://127.0.0.1:");
            for (String user : new String[] {"", "sa"}) {
                try (Connection other = DriverManager.getConnection(file.serverUrl().orElseThrow(), user, "")) {
                    assertThat(seen(other)).as("user '" + user + "'").isEqualTo(7);
                }
            }
        }
        assertThat(file.serverUrl()).isEmpty();
        assertThat(directory.resolve("braze.server")).doesNotExist();
        try (Connection later = DriverManager.getConnection(settings.url(), "sa", "")) {
            assertThat(seen(later)).isEqualTo(7);
        }
    }

    @Test
    void fileWithAUserOfItsOwnLetsNobodyElseIn() throws Exception {
        try (Database held = Database.open(settings("owner", "secret"))) {
            String server = H2File.of(held.shown()).orElseThrow().serverUrl().orElseThrow();
            assertThatThrownBy(() -> DriverManager.getConnection(server, "sa", "")).hasMessageContaining("Wrong user name or password");
            DriverManager.getConnection(server, "owner", "secret").close();
        }
        assertThatThrownBy(() -> Database.open(settings("owner", "wrong"))).isInstanceOf(DatabaseException.class)
                .hasMessageContaining("sink.jdbc.url");
    }

    @Test
    void readingNeverCreatesADatabase() {
        assertThat(Database.read(settings("", ""))).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private DatabaseSettings settings(String user, String password) {
        String url = "jdbc:h2:file:" + directory.resolve("braze");
        return new DatabaseSettings(url, user, password, "", "", 5, url);
    }

    private static int seen(Connection connection) throws Exception {
        try (ResultSet row = connection.createStatement().executeQuery("select n from seen")) {
            row.next();
            return row.getInt(1);
        }
    }
}
