package org.brazeroutes.database;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** JDBC drivers: those that are packed in, and those whose jars lie in {@code lib/} beside the jar, else in {@code ./lib}. */
final class Drivers {

    private Drivers() {
    }

    /** Makes sure that there is a driver for the URL; throws DatabaseException that says where to put one. */
    static void require(String url) {
        require(url, Libraries.folder());
    }

    static synchronized void require(String url, Path folder) {
        if (known(url)) {
            return;
        }
        load(folder);
        if (!known(url)) {
            throw new DatabaseException("there is no driver for " + url.replaceFirst("^(jdbc:[^:]+:).*", "$1") + "…; put its jar into "
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
