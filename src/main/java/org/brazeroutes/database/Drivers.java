package org.brazeroutes.database;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** JDBC drivers: those that are packed in, and those whose jars lie in {@code lib/} beside the jar, else in {@code ./lib}. */
final class Drivers {

    /** What it warns of comes as an exception too, and may hold the login of a URL. */
    private static final Logger POSTGRES = Logger.getLogger("org.postgresql");

    static {
        POSTGRES.setLevel(Level.SEVERE);
    }

    private static final Set<String> PACKED_IN = Set.of("jdbc:postgresql:", "jdbc:mariadb:");

    private Drivers() {
    }

    /** Makes sure that there is a driver for the URL; throws UnusableUrlException that says where to put one. */
    static void require(String url) {
        require(url, Libraries.folder());
    }

    static synchronized void require(String url, Path folder) {
        if (known(url)) {
            return;
        }
        load(folder);
        if (!known(url)) {
            String scheme = url.replaceFirst("^(jdbc:[^:]+:).*", "$1");
            if (PACKED_IN.contains(scheme)) {
                throw new UnusableUrlException("the driver of " + scheme + "… does not take this URL; write it as " + scheme
                        + "//host/database, with user and password in settings of their own");
            }
            throw new UnusableUrlException("there is no driver for " + scheme + "…; put its jar into "
                    + folder + (url.startsWith("jdbc:mysql:") ? ", or use jdbc:mariadb:…, whose driver is packed in" : ""));
        }
    }

    private static boolean known(String url) {
        try {
            return DriverManager.getDriver(url) != null;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void load(Path folder) {
        ClassLoader loader = Libraries.loader(folder);
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (driver.getClass().getClassLoader() == loader) {
                    DriverManager.registerDriver(new LoadedDriver(driver));
                }
            }
        } catch (SQLException | ServiceConfigurationError e) {
            throw new DatabaseException("a driver in " + folder + " cannot be used: " + e.getMessage() + "; replace its jar", e);
        }
    }
}
