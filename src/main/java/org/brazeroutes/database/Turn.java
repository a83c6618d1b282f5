package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/** Who may write just now. A thread that has its turn may begin another one inside it. */
interface Turn {

    /** Everybody, whenever they like. */
    Turn FREE = new Turn() {
    };

    default void begin() {
        // nobody waits
    }

    default void end() {
        // nobody waits
    }

    /** Called after each commit, before the turn ends. */
    default void committed(Connection connection) throws SQLException {
        // it is on the disk
    }

    /**
     * One thread after the other, and nothing is written to the file meanwhile. H2 collects what it writes table by table while
     * transactions go on: of one that is under way a change may get into the file, and not the record of how to take it back. After
     * a kill at such a moment the changed row stays locked for ever. So H2's own background writer is switched off
     * ({@code WRITE_DELAY=0}), and we have it write between transactions, as often as it would by itself.
     */
    final class OneAtATime implements Turn {

        private static final long WRITE_DELAY = Duration.ofMillis(500).toNanos();

        private final ReentrantLock lock = new ReentrantLock();
        private long written = System.nanoTime();

        @Override
        public void begin() {
            lock.lock();
        }

        @Override
        public void end() {
            lock.unlock();
        }

        @Override
        public void committed(Connection connection) throws SQLException {
            if (System.nanoTime() - written > WRITE_DELAY) {
                write(connection);
                written = System.nanoTime();
            }
        }

        /** What SQL's {@code checkpoint} does, but without waiting until it is on the disk: from here on H2 reads what nobody changes. */
        private static void write(Connection connection) throws SQLException {
            SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            session.getDatabase().getStore().getMvStore().tryCommit();
        }
    }
}
