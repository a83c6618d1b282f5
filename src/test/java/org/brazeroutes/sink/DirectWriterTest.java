package org.brazeroutes.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.database.OtherDriver;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.Declaration;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored when a write does not end as it should. */
class DirectWriterTest {

    private static final LocalDate DAY = LocalDate.parse("2026-09-01");
    private static final Stream CLICKS = Declaration.parse("clicks", Map.of("path", "/clicks", "permission", "clicks", "parent", "parents",
            "partition", "id", "records", "data", "maxDays", "10", "cursor", "time", "primaryKey", "id, time",
            "columns", "id string, time date, n integer"));

    @TempDir
    private Path directory;
    private Database database;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anErrorStoresNeitherRowsNorTheCursorThatCameFirst() throws Exception {
        open("jdbc:h2:file:" + directory.resolve("braze"));
        execute("create table cursors (id varchar(10))");
        StreamWriter first = sink().open(CLICKS, SyncMode.INCREMENTAL_DEDUP, 1, (connection, checkpoints) -> { });
        first.write(List.of(click("a")), checkpoint("a"));
        first.close();
        StreamWriter writer = sink().open(CLICKS, SyncMode.INCREMENTAL_DEDUP, 2, (connection, checkpoints) -> {
            Sql.execute(connection, "insert into cursors values ('b')");
            throw new OutOfMemoryError("of this test");
        });
        assertThatThrownBy(() -> writer.write(List.of(click("b")), checkpoint("b"))).isInstanceOf(RecordException.class)
                .hasMessageContaining("-Xmx");
        writer.close();
        assertThat(count("cursors")).isZero();
        assertThat(count("clicks")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "setAutoCommit"})
    void aCommitWhoseAnswerWasLostIsNotRepeatedWhereNoKeyMeetsTheRows(String lost) throws Exception {
        AtomicBoolean loses = new AtomicBoolean();
        Driver driver = OtherDriver.register("jdbc:losing:", connection -> losing(connection, lost, loses));
        List<Thread> writing = new CopyOnWriteArrayList<>();
        ExecutorService threads = threads(writing);
        try {
            open("jdbc:losing:mem:" + lost + ";DB_CLOSE_DELAY=-1");
            CountDownLatch all = new CountDownLatch(1);
            boolean[] alone = {true};
            StreamWriter writer = sink().open(CLICKS, SyncMode.INCREMENTAL_APPEND, 1, (connection, checkpoints) -> {
                if (alone[0]) {
                    alone[0] = false;
                    await(all);
                } else {
                    loses.set(checkpoints.size() > 1);
                }
            });
            threeFailBehindOne(writer, threads, writing, all);
            assertThat(count("clicks")).isEqualTo(4);
        } finally {
            threads.shutdownNow();
            DriverManager.deregisterDriver(driver);
        }
    }

    @Test
    void whatAnErrorLeftUndoneIsNotTakenForStored() throws Exception {
        List<Thread> writing = new CopyOnWriteArrayList<>();
        ExecutorService threads = threads(writing);
        try {
            open("jdbc:h2:mem:undone;DB_CLOSE_DELAY=-1");
            CountDownLatch all = new CountDownLatch(1);
            AtomicBoolean alone = new AtomicBoolean(true);
            StreamWriter writer = sink().open(CLICKS, SyncMode.INCREMENTAL_DEDUP, 1, (connection, checkpoints) -> {
                if (alone.getAndSet(false)) {
                    await(all);
                } else {
                    throw new TwiceOutOfMemory();
                }
            });
            threeFailBehindOne(writer, threads, writing, all);
            assertThat(count("clicks")).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** @param writing gets the threads as they are made */
    private static ExecutorService threads(List<Thread> writing) {
        return Executors.newFixedThreadPool(4, task -> {
            writing.add(new Thread(task));
            return writing.get(writing.size() - 1);
        });
    }

    /** Three writes that wait for the first one until the latch opens, then share a transaction that fails. */
    private static void threeFailBehindOne(StreamWriter writer, ExecutorService threads, List<Thread> writing, CountDownLatch all) throws Exception {
        List<Future<Written>> writes = new ArrayList<>();
        for (String id : List.of("first", "a", "b", "c")) {
            writes.add(threads.submit(() -> writer.write(List.of(click(id)), checkpoint(id))));
            Awaitility.await().until(() -> writing.get(writing.size() - 1).getState() == Thread.State.WAITING);
        }
        all.countDown();
        assertThat(writes.remove(0).get().rows()).isEqualTo(1);
        assertThat(writes).allSatisfy(write -> assertThatThrownBy(write::get).isInstanceOf(ExecutionException.class));
    }

    /** There is no memory to deal with it either. */
    private static final class TwiceOutOfMemory extends OutOfMemoryError {

        @Override
        public String getMessage() {
            throw new OutOfMemoryError("again");
        }
    }

    private void open(String url) {
        database = Database.open(new DatabaseSettings(url, "sa", "", "", "", 5, url));
    }

    private JdbcSink sink() {
        return new JdbcSink(database, true, false, Clock.systemUTC());
    }

    private static Map<String, Object> click(String id) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", id);
        record.put("time", DAY.toString());
        record.put("n", 1);
        return record;
    }

    private static Checkpoint checkpoint(String partition) {
        return new Checkpoint(partition, new Cursor(DAY, DAY), null);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String table) throws SQLException {
        try (Connection connection = database.connection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** A connection that commits, and breaks before it says so, or with what comes after it, as soon as that is wanted. */
    private static Connection losing(Connection real, String lost, AtomicBoolean loses) {
        return (Connection) Proxy.newProxyInstance(DirectWriterTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals(lost) && loses.compareAndSet(true, false)) {
                    real.close();
                    throw new SQLException("the connection broke", "08006");
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
