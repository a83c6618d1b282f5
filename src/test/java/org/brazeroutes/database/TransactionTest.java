package org.brazeroutes.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction that the database rolled back for another one is done again, and leaves what one leaves. */
class TransactionTest {

    @TempDir
    private Path directory;
    private Database database;

    @BeforeEach
    void open() {
        String url = "jdbc:h2:file:" + directory.resolve("braze");
        database = Database.open(new DatabaseSettings(url, "", "", "", "", 4, url));
        database.transaction(connection -> {
            Sql.execute(connection, "create table numbers (n int)");
            return null;
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void aDeadlockOrTwoThatCannotFollowEachOtherAreTriedAgain(String state) {
        AtomicInteger tries = new AtomicInteger();
        database.transaction(connection -> {
            Sql.execute(connection, "insert into numbers values (1)");
            if (tries.incrementAndGet() < 3) {
                throw new SQLException("could not serialize access", state);
            }
            return null;
        });
        assertThat(tries).hasValue(3);
        assertThat(count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "08006", "40003"})
    void everyOtherFailureIsToldAtOnce(String state) {
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> fail(tries, state)).isInstanceOf(DatabaseException.class).hasMessageContaining("no way");
        assertThat(tries).hasValue(1);
        assertThat(count()).isZero();
    }

    @Test
    void oneThatNeverSucceedsEnds() {
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> fail(tries, "40001")).isInstanceOf(DatabaseException.class).hasMessageContaining("no way");
        assertThat(tries.get()).isBetween(2, 10);
        assertThat(count()).isZero();
    }

    @Test
    void afterAnErrorNothingMoreIsAskedOfTheConnection() throws Exception {
        AtomicInteger cut = new AtomicInteger();
        Driver driver = OtherDriver.register("jdbc:halfway:", connection -> halfway(connection, cut));
        String url = "jdbc:halfway:mem:halfway";
        try (Database other = Database.open(new DatabaseSettings(url, "sa", "", "", "", 4, url))) {
            assertThatThrownBy(() -> other.transaction(connection -> {
                throw new OutOfMemoryError("of this test");
            })).isInstanceOf(OutOfMemoryError.class);
            assertThat(cut).hasValue(1);
            assertThat(other.answers()).isTrue();
        } finally {
            DriverManager.deregisterDriver(driver);
        }
    }

    /** A connection that would answer nothing more in the middle of a transaction, but can be cut. */
    private static Connection halfway(Connection real, AtomicInteger cut) {
        return (Connection) Proxy.newProxyInstance(TransactionTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("rollback")) {
                throw new IllegalStateException("waits for ever");
            }
            if (method.getName().equals("abort")) {
                cut.incrementAndGet();
                real.close();
                return null;
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private void fail(AtomicInteger tries, String state) {
        database.transaction(connection -> {
            tries.incrementAndGet();
            Sql.execute(connection, "insert into numbers values (1)");
            throw new SQLException("no way", state);
        });
    }

    private long count() {
        return database.transaction(connection -> {
            try (var rows = connection.createStatement().executeQuery("select count(*) from numbers")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }
}
