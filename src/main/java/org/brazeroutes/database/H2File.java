package org.brazeroutes.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.Driver;

/** The file of an H2 database, and the URLs that open it. */
public final class H2File {

    /** H2 writes some hundred KB at a time. */
    static final int ROOM_MB = 16;

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
        return folder().toFile().getUsableSpace() >= (long) ROOM_MB << 20;
    }

    /** The folder that holds it; null for the root of a file system. */
    Path folder() {
        return path.getParent();
    }

    H2Server server() {
        return server;
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

    /** Throws UnusableUrlException if the URL names no file, or has an option that must not be there. */
    void requireUsableUrl(DatabaseSettings settings) {
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

    /** A connection without a pool. */
    static Connection connect(String url, DatabaseSettings settings) throws SQLException {
        var login = new Properties();
        login.setProperty("user", settings.username());
        login.setProperty("password", settings.password());
        return Driver.load().connect(url, login);
    }

    /** Whichever connection opens it: written with each commit, and not in the background. */
    String writingUrl() {
        return embeddedUrl() + ";WRITE_DELAY=0";
    }

    String readingUrl() {
        return embeddedUrl() + ";IFEXISTS=TRUE;" + H2Dialect.READ_ONLY;
    }

    private String embeddedUrl() {
        return "jdbc:h2:file:" + path + options.withOurs();
    }
}
