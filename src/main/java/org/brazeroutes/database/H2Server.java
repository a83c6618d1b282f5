package org.brazeroutes.database;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.Server;

/**
 * H2's own server on loopback, through which others read a database file while a process of ours has it open, and the small file
 * beside it ({@code <name>.server}) that tells where.
 */
final class H2Server {

    static {
        // H2 reads it when it is loaded. Without it the server listens on all addresses, and needs a name server that knows this host
        if (System.getProperty("h2.bindAddress") == null) {
            System.setProperty("h2.bindAddress", "127.0.0.1");
        }
    }

    private static final int ANSWER_MS = 500;
    private static final Pattern PORT = Pattern.compile("jdbc:h2:tcp://127\\.0\\.0\\.1:(\\d+)/.*");

    private final Path database;

    /** @param database the file without its ending */
    H2Server(Path database) {
        this.database = database;
    }

    /** Where it says that a server is. */
    Path file() {
        return Path.of(database + ".server");
    }

    /** The server's URL, if the file tells one. */
    Optional<String> url() {
        try {
            return Optional.of(Files.readString(file()).strip()).filter(url -> !url.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same if a server answers there: a process that was killed leaves its file behind. */
    Optional<String> answering() {
        return url().filter(url -> {
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

    /** Starts it; the result ends it. Throws IOException, and starts none, if the file cannot be written. */
    Runnable start() throws SQLException, IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        // only who can read the file knows the name under which the server hands the database out
        String key = HexFormat.of().formatHex(random);
        Server server = Server.createTcpServer("-tcpPort", "0", "-key", key, database.toString()).start();
        Runnable stop = () -> {
            server.stop();
            // one that stays tells nobody anything: there is no server any more
            file().toFile().delete();
        };
        try {
            write("jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + key);
            return stop;
        } catch (IOException e) {
            stop.run();
            throw e;
        }
    }

    private void write(String url) throws IOException {
        Files.deleteIfExists(file());
        try {
            Files.createFile(file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) {
            Files.createFile(file());
        }
        Files.writeString(file(), url + "\n");
    }
}
