package org.brazeroutes.database;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.h2.tools.Server;

/**
 * An H2 database in a file. One process can have it open; while we have it, H2's own server on loopback lets others read
 * it, and a small file beside it ({@code <name>.server}) tells our own commands where. H2's AUTO_SERVER would do the same
 * but excludes DB_CLOSE_ON_EXIT=FALSE, without which H2 closes before the running passes have ended.
 */
public final class H2File {

    static {
        // H2 reads it when it is loaded. Without it the server listens on all addresses, and needs a name server that knows this host
        if (System.getProperty("h2.bindAddress") == null) {
            System.setProperty("h2.bindAddress", "127.0.0.1");
        }
    }

    /** H2 writes some hundred KB at a time. */
    static final int ROOM_MB = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long BETWEEN_TRIES_MS = 100;
    private static final int ANSWER_MS = 500;
    private static final Pattern PORT = Pattern.compile("jdbc:h2:tcp://127\\.0\\.0\\.1:(\\d+)/.*");

    static final String READ_ONLY = "ACCESS_MODE_DATA=r";

    private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file:)?((?:\\./|\\.\\./|~/|/|[A-Za-z]:)?[^;:]*)((?:;.*)?)");

    /** Options by which tables are not found again, keys are equal that differ, or days get a time. */
    private static final Pattern OTHER_NAMES = Pattern.compile("(?i);((?:DATABASE_TO_LOWER|CASE_INSENSITIVE_IDENTIFIERS|IGNORECASE)=(?:TRUE|T|YES|Y|1)"
            + "|DATABASE_TO_UPPER=(?:FALSE|F|NO|N|0)|MODE=ORACLE)(?=;|$)");
    /** Options with another value than the one that we need; H2 takes only one. */
    private static final Pattern OURS = Pattern.compile("(?i);(DB_CLOSE_ON_EXIT=(?!FALSE(?:;|$))[^;]*|WRITE_DELAY=(?!0(?:;|$))[^;]*)");
    private static final Pattern LOCK_TIMEOUT = Pattern.compile("(?i);LOCK_TIMEOUT=");
    private static final Pattern LOGIN = Pattern.compile("(?i);(USER|PASSWORD)=");

    private final Path path;
    private final String options;

    private H2File(Path path, String options) {
        this.path = path;
        this.options = options;
    }

    /** The file that a URL names; empty for H2 in memory, over the network, or another product. */
    public static Optional<H2File> of(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches() || matcher.group(1).isEmpty()) {
            return Optional.empty();
        }
        String name = matcher.group(1).replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home")));
        return Optional.of(new H2File(Path.of(name).toAbsolutePath().normalize(), matcher.group(2)));
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
        try {
            return Optional.of(Files.readString(serverFile()).strip()).filter(url -> !url.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Throws DatabaseException if the file is there and may not be written. */
    public void requireWritable(DatabaseSettings settings) {
        if (exists() && !Files.isWritable(file())) {
            throw new DatabaseException("cannot write " + file() + "; change its permissions or " + settings.setting("url"));
        }
    }

    /** Throws DatabaseException if no database can be made with the options of the URL. */
    public void requireUsable(DatabaseSettings settings) {
        requireKnownOptions(settings);
        try {
            connect("jdbc:h2:mem:" + always(options), settings).close();
        } catch (SQLException e) {
            throw Database.failure(settings, e, new H2Dialect());
        }
    }

    private void requireKnownOptions(DatabaseSettings settings) {
        Matcher other = OTHER_NAMES.matcher(options);
        if (other.find()) {
            throw new UnusableUrlException("take " + other.group(1) + " out of " + settings.setting("url") + ": names, keys or days would be other ones by it");
        }
        Matcher ours = OURS.matcher(options);
        if (ours.find()) {
            throw new UnusableUrlException("take " + ours.group(1) + " out of " + settings.setting("url") + ": a sync needs another value, and sets it itself");
        }
        if (LOGIN.matcher(options).find()) {
            throw new UnusableUrlException("take USER and PASSWORD out of " + settings.setting("url") + "; they belong into " + settings.setting("username")
                    + " and " + settings.setting("password"));
        }
    }

    Database open(DatabaseSettings settings) {
        requireKnownOptions(settings);
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
                boolean soonOver = e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1 && answeringServer().isEmpty() || isEnding(e);
                if (!soonOver || System.nanoTime() > until || !Database.paused(BETWEEN_TRIES_MS)) {
                    throw e;
                }
            }
        }
    }

    /** The URL of {@link #serverUrl}, if a server answers there: a process that was killed leaves its file behind. */
    private Optional<String> answeringServer() {
        return serverUrl().filter(url -> {
            Matcher port = PORT.matcher(url);
            try (Socket socket = new Socket()) {
                if (!port.matches()) {
                    return false;
                }
                socket.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1))), ANSWER_MS);
                return true;
            } catch (IOException nobody) {
                return false;
            }
        });
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
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        // Only who can read the server file knows the name under which the server hands the database out
        String key = HexFormat.of().formatHex(random);
        Server server = Server.createTcpServer("-tcpPort", "0", "-key", key, path.toString()).start();
        try {
            writeServerFile("jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + key);
            return Database.open(settings, writingUrl(), () -> {
                try (first) {
                    server.stop();
                    Files.deleteIfExists(serverFile());
                }
            });
        } catch (IOException e) {
            stop(server);
            throw new DatabaseException("cannot write " + serverFile() + " (" + e + "); make room, or choose another " + settings.setting("url"), e);
        } catch (RuntimeException e) {
            stop(server);
            throw e;
        }
    }

    private void stop(Server server) {
        server.stop();
        serverFile().toFile().delete();
    }

    /**
     * Opens the database for reading only, through the server of the process that has it open if there is one. Empty if
     * there is no such database; it is never created.
     */
    Optional<Database> read(DatabaseSettings settings) {
        requireKnownOptions(settings);
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
            String url = answeringServer().orElseThrow(() -> held);
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
                    + answeringServer().map(url -> "; read it at " + url).orElse(""));
        }
        return Database.failure(settings, e, new H2Dialect());
    }

    private static Connection connect(String url, DatabaseSettings settings) throws SQLException {
        return Driver.load().connect(url, properties(settings));
    }

    private static Properties properties(DatabaseSettings settings) {
        var properties = new Properties();
        properties.setProperty("user", settings.username());
        properties.setProperty("password", settings.password());
        return properties;
    }

    /** Whichever connection opens it: written with each commit, and not in the background. */
    private String writingUrl() {
        return embeddedUrl() + ";WRITE_DELAY=0";
    }

    private String embeddedUrl() {
        // replacing a large table may hold its lease's row for longer than the two seconds H2 waits by default
        return "jdbc:h2:file:" + path + always(options);
    }

    private static String always(String options) {
        return options + ";DB_CLOSE_ON_EXIT=FALSE" + (LOCK_TIMEOUT.matcher(options).find() ? "" : ";LOCK_TIMEOUT=30000");
    }

    private Path serverFile() {
        return Path.of(path + ".server");
    }

    private void writeServerFile(String url) throws IOException {
        Files.deleteIfExists(serverFile());
        try {
            Files.createFile(serverFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) {
            Files.createFile(serverFile());
        }
        Files.writeString(serverFile(), url + "\n");
    }
}
