package org.brazeroutes.database;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.brazeroutes.stream.Causes;
import org.h2.api.ErrorCode;

/**
 * Opens an H2 database in a file. One process can have it open; while we have it, an {@link H2Server} lets others read it. H2's
 * AUTO_SERVER would do the same but excludes DB_CLOSE_ON_EXIT=FALSE, without which H2 closes before the running passes have ended.
 */
record H2Opening(H2File file, DatabaseSettings settings) {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Creates the file if it is not there. */
    Connections forWriting() {
        file.requireUsableUrl(settings);
        try {
            Files.createDirectories(file.folder());
            file.requireWritable(settings);
        } catch (IOException e) {
            throw new DatabaseException("cannot write in " + file.folder() + "; change its permissions or " + settings.setting("url"), e);
        }
        return patiently(() -> login(this::openToWrite));
    }

    /** Through the server of the process that has it open if there is one. Empty if there is no such file; it is never created. */
    Optional<Connections> forReading() {
        file.requireUsableUrl(settings);
        return file.exists() ? Optional.of(patiently(this::openToRead)) : Optional.empty();
    }

    private interface Opening {
        Connections open() throws SQLException;
    }

    /** Who reads it has it for a moment only, and a process of ours that is just opening or closing it says soon where to read it. */
    private Connections patiently(Opening opening) {
        var patience = new Patience(PATIENCE, PAUSE);
        while (true) {
            try {
                return opening.open();
            } catch (SQLException e) {
                boolean soonOver = e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1 && file.server().answering().isEmpty() || isEnding(e);
                if (!soonOver || !patience.tryAgain()) {
                    throw heldOrBroken(e);
                }
            }
        }
    }

    /** As H2 says when the process that serves the file ends just now. */
    private static boolean isEnding(SQLException e) {
        return e.getErrorCode() == ErrorCode.CONNECTION_BROKEN_1 || new H2Dialect().isClosed(e);
    }

    private interface Login {
        Connections as(DatabaseSettings user) throws SQLException;
    }

    /** As the user of the settings. Without one as nobody, or as "sa": a file that an SQL client has made knows no other. */
    private Connections login(Login login) throws SQLException {
        try {
            return login.as(settings);
        } catch (SQLException e) {
            if (!settings.username().isEmpty() || e.getErrorCode() != ErrorCode.WRONG_USER_OR_PASSWORD) {
                throw e;
            }
            return login.as(settings.as("sa"));
        }
    }

    private Connections openToWrite(DatabaseSettings user) throws SQLException {
        Connection first = H2File.connect(file.writingUrl(), user);
        try (Statement statement = first.createStatement()) {
            // most SQL clients log in to H2 as "sa"; without a user of its own the file would refuse them
            if (user.username().isEmpty()) {
                statement.execute("create user if not exists sa password '' admin");
            }
            return serve(user, first);
        } catch (SQLException | RuntimeException e) {
            first.close();
            throw e;
        }
    }

    private Connections serve(DatabaseSettings user, Connection first) throws SQLException {
        Runnable stop;
        try {
            stop = file.server().start();
        } catch (IOException e) {
            throw new DatabaseException("cannot write " + file.server().file() + " (" + e + "); make room, or choose another " + settings.setting("url"), e);
        }
        try {
            return Connections.open(user, file.writingUrl(), () -> {
                try (first) {
                    stop.run();
                }
            });
        } catch (RuntimeException e) {
            stop.run();
            throw e;
        }
    }

    private Connections openToRead() throws SQLException {
        try {
            return login(user -> readAt(file.readingUrl(), user));
        } catch (SQLException held) {
            String url = file.server().answering().orElseThrow(() -> held);
            return login(user -> readAt(url, user));
        }
    }

    private static Connections readAt(String url, DatabaseSettings user) throws SQLException {
        try (Connection connection = H2File.connect(url, user)) {
            return Connections.open(user, url, () -> { });
        } catch (DatabaseException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException failure && isEnding(failure)) {
                    throw failure;
                }
            }
            throw e;
        }
    }

    private RuntimeException heldOrBroken(SQLException e) {
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new BusyException("another process has " + file.file() + " open"
                    + file.server().answering().map(url -> "; read it at " + url).orElse(""));
        }
        // to what is no database at all H2 has no words of its own
        boolean wordless = file.exists() && Causes.deepest(e).getMessage() == null;
        if (e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1 || wordless) {
            return new DatabaseException("cannot open " + settings.shown() + ": " + file.file() + " is damaged, encrypted, or no H2 database. Put a copy of it"
                    + " back, move it away, or choose another " + settings.setting("url"), settings.address().cause(e));
        }
        return new FailureText(settings, new H2Dialect()).opening(e);
    }
}
