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
import java.util.regex.Pattern;

/** JDBC drivers: those that are packed in, and those whose jars lie in {@code lib/} beside the jar, else in {@code ./lib}. */
final class Drivers {

    /** What it warns of comes as an exception too, and may hold the login of a URL. */
    private static final Logger POSTGRES = Logger.getLogger("org.postgresql");

    static {
        POSTGRES.setLevel(Level.SEVERE);
    }

    private static final Set<String> PACKED_IN = Set.of("jdbc:postgresql:", "jdbc:mariadb:");
    /** The packed-in drivers take it for a part of the host's name. */
    private static final Pattern LOGIN = Pattern.compile("//[^/?]*@");

    private Drivers() {
    }

    /** Makes sure that there is a driver for the URL; throws UnusableUrlException that says where to put one. */
    static void require(DatabaseSettings settings) {
        require(settings, Libraries.folder());
    }

    static synchronized void require(DatabaseSettings settings, Path folder) {
        String url = settings.url();
        if (!known(url)) {
            load(folder);
        }
        String scheme = url.replaceFirst("^(jdbc:[^:]+:).*", "$1");
        if (PACKED_IN.contains(scheme) && (!known(url) || LOGIN.matcher(url).find())) {
            throw new UnusableUrlException("the driver of " + scheme + "… does not take this URL; write it as " + scheme
                    + "//host/database, with user and password in " + settings.setting("username") + " and " + settings.setting("password"));
        }
        if (!known(url)) {
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
