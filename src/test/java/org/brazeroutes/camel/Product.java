package org.brazeroutes.camel;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The database products, each with a real server, and a new empty database on it for every test. */
enum Product {
    H2("PUBLIC") {
        @Override
        Login create(String name, Path directory) {
            return new Login("jdbc:h2:file:" + directory.resolve("braze"), "", "", schema);
        }
    },
    POSTGRES("public") {
        @Override
        Login create(String name, Path directory) throws SQLException {
            Login server = Servers.postgres();
            execute(server, "create database " + name);
            return new Login(server.url().replaceFirst("[^/]*$", name), server.username(), server.password(), schema);
        }
    },
    MARIADB("") {
        @Override
        Login create(String name, Path directory) throws SQLException {
            Login server = Servers.mariaDb();
            execute(server, "create database " + name);
            return new Login(server.url().replaceFirst("(\\?.*)?$", name + "$0"), server.username(), server.password(), name);
        }
    };

    /**
     * How to get in.
     *
     * @param schema the one that tables are in if the settings name none
     */
    record Login(String url, String username, String password, String schema) {
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, username, password);
        }
    }

    private static final AtomicInteger CREATED = new AtomicInteger();

    final String schema;

    Product(String schema) {
        this.schema = schema;
    }

    abstract Login create(String name, Path directory) throws SQLException;

    /** A new empty database. */
    Login fresh(Path directory) throws SQLException {
        // a given server serves several processes of tests
        return create("test" + ProcessHandle.current().pid() + "_" + CREATED.incrementAndGet(), directory);
    }

    static void execute(Login login, String sql) throws SQLException {
        try (Connection connection = login.connect()) {
            connection.createStatement().execute(sql);
        }
    }
}
