package org.brazeroutes.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
                Sql.execute(connection, "create table seen (n int)");
                Sql.execute(connection, "insert into seen values (7)");
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

    /** As H2 does when the disk is full. */
    @Test
    void aFileThatIsClosedUnderItsConnectionsIsOpenedAgainAndStillWrittenWithEachCommit() throws Exception {
        try (Database database = Database.open(settings("", ""))) {
            database.transaction(connection -> {
                Sql.execute(connection, "create table kept (n int)");
                Sql.execute(connection, "insert into kept values (7)");
                return null;
            });
            assertThatThrownBy(() -> database.transaction(connection -> {
                Sql.execute(connection, "shutdown immediately");
                return null;
            })).isInstanceOf(DatabaseException.class).hasMessageContaining("closed");
            assertThat(database.answers()).isTrue();
            List<String> kept = database.transaction(connection -> Sql.query(connection, "select n from kept", row -> row.getString(1)));
            assertThat(kept).containsExactly("7");
            List<String> delay = database.transaction(connection -> Sql.query(connection,
                    "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'", row -> row.getString(1)));
            assertThat(delay).containsOnly("0");
        }
    }

    @Test
    void aFileThatAnSqlClientHasMadeIsOpenedAndReadWithoutAUser() throws Exception {
        try (Connection client = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("braze"), "sa", "")) {
            client.createStatement().execute("create table seen as select 7 n");
        }
        try (Database held = Database.open(settings("", "")); Database reader = Database.read(settings("", "")).orElseThrow()) {
            for (Database database : List.of(held, reader)) {
                assertThat(database.<Integer>transaction(H2FileTest::seen)).isEqualTo(7);
            }
        }
        try (Database reader = Database.read(settings("", "")).orElseThrow()) {
            assertThat(reader.<Integer>transaction(H2FileTest::seen)).isEqualTo(7);
        }
    }

    @Test
    void transactionsFollowEachOtherAndNothingIsWrittenWhileOneIsUnderWay() throws Exception {
        Path copy = directory.resolve("copy.mv.db");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Database held = Database.open(settings("", ""))) {
            held.transaction(connection -> {
                Sql.execute(connection, "create table seen (n int)");
                Sql.execute(connection, "insert into seen values (1)");
                return null;
            });
            held.flush();
            Future<?> second = held.transaction(connection -> {
                Sql.execute(connection, "update seen set n = 2");
                Future<?> waiting = other.submit(() -> held.transaction(beside -> {
                    Sql.execute(beside, "update seen set n = n + 5");
                    return null;
                }));
                // H2's own writer would have come by now
                assertThatThrownBy(() -> waiting.get(1500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                copy(copy);
                return waiting;
            });
            second.get(10, TimeUnit.SECONDS);
            try (Connection killed = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("copy"), "sa", "")) {
                assertThat(seen(killed)).as("what a kill leaves of the transaction").isEqualTo(1);
            }
            Files.delete(copy);
            copy(copy);
            try (Connection killed = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("copy"), "sa", "")) {
                assertThat(seen(killed)).as("written between transactions").isEqualTo(7);
            }
        } finally {
            other.shutdown();
        }
    }

    private void copy(Path target) {
        try {
            Files.copy(directory.resolve("braze.mv.db"), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** Only files of processes that live say where to read. */
    @Test
    void aServerFileThatAKillLeftIsNotBelieved() throws Exception {
        DatabaseSettings settings = settings("", "");
        Database.open(settings).close();
        Files.writeString(directory.resolve("braze.server"), "jdbc:h2:tcp://127.0.0.1:1/gone\n");
        try (FileChannel file = FileChannel.open(directory.resolve("braze.mv.db"))) {
            FileLock reader = file.lock(0, Long.MAX_VALUE, true);
            assertThatThrownBy(() -> Database.read(settings)).isInstanceOf(BusyException.class).hasMessageNotContaining("jdbc:h2:tcp");
            assertThatThrownBy(() -> Database.open(settings)).isInstanceOf(BusyException.class).hasMessageNotContaining("jdbc:h2:tcp");
            reader.release();
        }
        Database.open(settings).close();
        assertThat(directory.resolve("braze.server")).doesNotExist();
    }

    /** As when 'status' looks at it just when a sync begins. */
    @Test
    void whoReadsItForAMomentIsWaitedFor() throws Exception {
        DatabaseSettings settings = settings("", "");
        Database.open(settings).close();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (FileChannel file = FileChannel.open(directory.resolve("braze.mv.db"))) {
            // what H2 does in the other process
            FileLock reader = file.lock(0, Long.MAX_VALUE, true);
            Future<?> opening = other.submit(() -> Database.open(settings).close());
            assertThatThrownBy(() -> opening.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            reader.release();
            opening.get(20, TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"DATABASE_TO_LOWER=1, take DATABASE_TO_LOWER=1 out of sink.jdbc.url", "ignorecase=true, take ignorecase=true out of sink.jdbc.url",
            "USER=me;PASSWORD=secret, take USER and PASSWORD out of sink.jdbc.url", "NO_SUCH=1, Unsupported connection setting",
            "AUTO_SERVER=TRUE, Feature not supported", "MODE=Oracle, take MODE=Oracle out of sink.jdbc.url",
            "WRITE_DELAY=500, take WRITE_DELAY=500 out of sink.jdbc.url", "db_close_on_exit=TRUE, take db_close_on_exit=TRUE out of sink.jdbc.url"})
    void optionsThatCannotBeAreRefusedBeforeThereIsAFile(String options, String why) {
        DatabaseSettings plain = settings("", "");
        DatabaseSettings settings = new DatabaseSettings(plain.url() + ";" + options, "", "", "", "", 5, plain.url());
        assertThatThrownBy(() -> H2File.of(settings.url()).orElseThrow().requireUsable(settings)).isInstanceOf(UnusableUrlException.class)
                .hasMessageContaining(why).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Database.open(settings)).isInstanceOf(UnusableUrlException.class).hasMessageContaining(why);
        assertThat(directory.resolve("braze.mv.db")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"LOCK_TIMEOUT=5000, DEFAULT_LOCK_TIMEOUT, 5000", "WRITE_DELAY=0, WRITE_DELAY, 0", "DB_CLOSE_ON_EXIT=FALSE, DB_CLOSE_ON_EXIT, FALSE"})
    void optionsThatWeSetOurselvesMayBeGivenAsWeNeedThemAndAnyLockTimeout(String option, String setting, String value) {
        DatabaseSettings plain = settings("", "");
        DatabaseSettings settings = new DatabaseSettings(plain.url() + ";" + option, "", "", "", "", 5, plain.url());
        H2File.of(settings.url()).orElseThrow().requireUsable(settings);
        try (Database database = Database.open(settings)) {
            List<String> taken = database.transaction(connection -> Sql.query(connection,
                    "select setting_value from information_schema.settings where setting_name = '" + setting + "'", row -> row.getString(1)));
            assertThat(taken).isSubsetOf(value);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisabledOnOs(OS.WINDOWS)
    void nothingIsWrittenIntoAFileThatWasRemovedOrReplaced(boolean replaced) throws Exception {
        Path file = directory.resolve("braze.mv.db");
        try (Database database = Database.open(settings("", ""))) {
            assertThat(database.answers()).isTrue();
            Files.move(file, directory.resolve("away"));
            if (replaced) {
                Files.copy(directory.resolve("away"), file);
            }
            assertThat(database.answers()).isFalse();
            assertThatThrownBy(() -> database.transaction(H2FileTest::seen)).isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("its file was removed or replaced. Stop the process").hasMessageNotContaining("\n");
            Files.move(directory.resolve("away"), file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(database.answers()).as("put back").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 100, 20_000})
    void aFileThatIsNoDatabaseIsNamedAndStaysAsItIs(int length) throws Exception {
        Path file = Files.writeString(directory.resolve("braze.mv.db"), "a text ".repeat(length).substring(0, length));
        String damaged = "cannot open " + settings("", "").shown() + ": " + file + " is damaged, encrypted, or no H2 database. Put a copy of it back, move it away, or choose another sink.jdbc.url";
        assertThatThrownBy(() -> Database.open(settings("", ""))).isInstanceOf(DatabaseException.class).hasMessage(damaged);
        assertThatThrownBy(() -> Database.read(settings("", ""))).isInstanceOf(DatabaseException.class).hasMessage(damaged);
        assertThat(file).hasSize(length);
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:file:/, sink.jdbc.url names no file", "jdbc:h2:/;LOCK_TIMEOUT=5, sink.jdbc.url names no file", "jdbc:h2:mem:, add a name behind mem:",
            "jdbc:h2:mem:;LOCK_TIMEOUT=5, add a name behind mem:"})
    void aUrlWithoutTheNameOfADatabaseIsRefused(String url, String why) {
        DatabaseSettings settings = new DatabaseSettings(url, "", "", "", "", 5, url);
        assertThatThrownBy(() -> Database.open(settings)).isInstanceOf(UnusableUrlException.class).hasMessageContaining(why);
        assertThatThrownBy(() -> Database.read(settings)).isInstanceOf(UnusableUrlException.class).hasMessageContaining(why);
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

    private static int seen(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("select n from seen")) {
            row.next();
            return row.getInt(1);
        }
    }
}
