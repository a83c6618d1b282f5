package org.brazeroutes.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brazeroutes.stream.Causes;
import org.h2.Driver;
import org.h2.api.ErrorCode;

/**
 * An H2 database in a file. One process can have it open; while we have it, an {@link H2Server} lets others read it. H2's
 * AUTO_SERVER would do the same but excludes DB_CLOSE_ON_EXIT=FALSE, without which H2 closes before the running passes have ended.
 */
public final class H2File {

    /** H2 writes some hundred KB at a time. */
    static final int ROOM_MB = 16;

    static final String READ_ONLY = "ACCESS_MODE_DATA=r";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long BETWEEN_TRIES_MS = 100;
    private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file:)?((?:\\./|\\.\\./|~/|/|[A-Za-z]:)?[^;:]*)((?:;.*)?)");

    private final Path path;
    private final H2Options options;
    private final H2Server server;

    private H2File(Path path, H2Options options) {
        this.path = path;
        this.options = options;
        this.server = new H2Server(path);
    }

    /** The file that a URL names; empty for H2 in memory, over the network, or another product. */
    public static Optional<H2File> of(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches() || matcher.group(1).isEmpty()) {
            return Optional.empty();
        }
        String name = matcher.group(1).replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home")));
        return Optional.of(new H2File(Path.of(name).toAbsolutePath().normalize(), new H2Options(matcher.group(2))));
    }

    /** The file that holds the data. */
    public Path file() {
        return Path.of(path + ".mv.db");
    }

    public boolean exists() {
        return Files.exists(file());
    }

    /** What tells the file from another one of its name; empty if it is not there, or where files have no such thing. */
    Optional<Object> identity() {
        try {
            return Optional.ofNullable(Files.readAttributes(file(), BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** False if the disk is about full. */
    boolean hasRoom() {
        return path.getParent().toFile().getUsableSpace() >= (long) ROOM_MB << 20;
    }

    /** The URL of the server through which others read the database while a process of ours has it open, if one does. */
    public Optional<String> serverUrl() {
        return server.url();
    }

    /** Throws DatabaseException if the file is there and may not be written. */
    public void requireWritable(DatabaseSettings settings) {
        if (exists() && !Files.isWritable(file())) {
            throw new DatabaseException("cannot write " + file() + "; change its permissions or " + settings.setting("url"));
        }
    }

    private void requireUsableUrl(DatabaseSettings settings) {
        if (path.getFileName() == null) {
            throw new UnusableUrlException(settings.setting("url") + " names no file; use one such as jdbc:h2:file:./data/braze");
        }
        options.requireUsable(settings);
    }

    /** Throws DatabaseException if no database can be made with the options of the URL. */
    public void requireUsable(DatabaseSettings settings) {
        requireUsableUrl(settings);
        try {
            connect("jdbc:h2:mem:" + options.withOurs(), settings).close();
        } catch (SQLException e) {
            throw new FailureText(settings, new H2Dialect()).opening(e);
        }
    }

    Database open(DatabaseSettings settings) {
        requireUsableUrl(settings);
        try {
            Files.createDirectories(path.getParent());
            requireWritable(settings);
        } catch (IOException e) {
            throw new DatabaseException("cannot write in " + path.getParent() + "; change its permissions or " + settings.setting("url"), e);
        }
        try {
            return patiently(settings, as -> login(as, this::openAs));
        } catch (SQLException e) {
            throw heldOrBroken(settings, e);
        }
    }

    private Database openAs(DatabaseSettings settings) throws SQLException {
        Connection first = connect(writingUrl(), settings);
        try (Statement statement = first.createStatement()) {
            // most SQL clients log in to H2 as "sa"; without a user of its own the file would refuse them
            if (settings.username().isEmpty()) {
                statement.execute("create user if not exists sa password '' admin");
            }
            return serve(settings, first);
        } catch (SQLException | RuntimeException e) {
            first.close();
            throw e;
        }
    }

    private interface Opening {
        Database as(DatabaseSettings settings) throws SQLException;
    }

    /** Who reads it has it for a moment only, and a process of ours that is just opening or closing it says soon where to read it. */
    private Database patiently(DatabaseSettings settings, Opening opening) throws SQLException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return opening.as(settings);
            } catch (SQLException e) {
                boolean soonOver = e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1 && server.answering().isEmpty() || isEnding(e);
                if (!soonOver || System.nanoTime() > until || !Database.paused(BETWEEN_TRIES_MS)) {
                    throw e;
                }
            }
        }
    }

    /** As H2 says when the process that serves the file ends just now. */
    private static boolean isEnding(SQLException e) {
        return e.getErrorCode() == ErrorCode.CONNECTION_BROKEN_1 || new H2Dialect().isClosed(e);
    }

    /** As the user of the settings. Without one as nobody, or as "sa": a file that an SQL client has made knows no other. */
    private static Database login(DatabaseSettings settings, Opening opening) throws SQLException {
        try {
            return opening.as(settings);
        } catch (SQLException e) {
            if (!settings.username().isEmpty() || e.getErrorCode() != ErrorCode.WRONG_USER_OR_PASSWORD) {
                throw e;
            }
            return opening.as(settings.as("sa"));
        }
    }

    private Database serve(DatabaseSettings settings, Connection first) throws SQLException {
        Runnable stop;
        try {
            stop = server.start();
        } catch (IOException e) {
            throw new DatabaseException("cannot write " + server.file() + " (" + e + "); make room, or choose another " + settings.setting("url"), e);
        }
        try {
            return Database.open(settings, writingUrl(), () -> {
                try (first) {
                    stop.run();
                }
            });
        } catch (RuntimeException e) {
            stop.run();
            throw e;
        }
    }

    /**
     * Opens the database for reading only, through the server of the process that has it open if there is one. Empty if
     * there is no such database; it is never created.
     */
    Optional<Database> read(DatabaseSettings settings) {
        requireUsableUrl(settings);
        if (!exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(patiently(settings, this::readNow));
        } catch (SQLException e) {
            throw heldOrBroken(settings, e);
        }
    }

    private Database readNow(DatabaseSettings settings) throws SQLException {
        try {
            return login(settings, as -> readAt(embeddedUrl() + ";IFEXISTS=TRUE;" + READ_ONLY, as));
        } catch (SQLException held) {
            String url = server.answering().orElseThrow(() -> held);
            return login(settings, as -> readAt(url, as));
        }
    }

    private static Database readAt(String url, DatabaseSettings settings) throws SQLException {
        try (Connection connection = connect(url, settings)) {
            return Database.open(settings, url, () -> { });
        } catch (DatabaseException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException failure && isEnding(failure)) {
                    throw failure;
                }
            }
            throw e;
        }
    }

    private RuntimeException heldOrBroken(DatabaseSettings settings, SQLException e) {
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new BusyException("another process has " + file() + " open"
                    + server.answering().map(url -> "; read it at " + url).orElse(""));
        }
        // to what is no database at all H2 has no words of its own
        boolean wordless = exists() && Causes.deepest(e).getMessage() == null;
        if (e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1 || wordless) {
            return new DatabaseException("cannot open " + settings.shown() + ": " + file() + " is damaged, encrypted, or no H2 database. Put a copy of it back,"
                    + " move it away, or choose another " + settings.setting("url"), settings.address().cause(e));
        }
        return new FailureText(settings, new H2Dialect()).opening(e);
    }

    private static Connection connect(String url, DatabaseSettings settings) throws SQLException {
        var login = new Properties();
        login.setProperty("user", settings.username());
        login.setProperty("password", settings.password());
        return Driver.load().connect(url, login);
    }

    /** Whichever connection opens it: written with each commit, and not in the background. */
    private String writingUrl() {
        return embeddedUrl() + ";WRITE_DELAY=0";
    }

    private String embeddedUrl() {
        return "jdbc:h2:file:" + path + options.withOurs();
    }
}
