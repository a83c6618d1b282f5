package org.brazeroutes.database;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** JDBC drivers: those that are packed in, and those whose jars lie in {@code lib/} beside the jar, else in {@code ./lib}. */
final class Drivers {

    private Drivers() {
    }

    /** Makes sure that there is a driver for the URL; throws DatabaseException that says where to put one. */
    static void require(String url) {
        require(url, folder());
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
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = jars.get(i).toUri().toURL();
            }
            // stays open: the drivers load their classes from it as long as the process runs
            ClassLoader loader = new URLClassLoader(urls, Drivers.class.getClassLoader());
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (driver.getClass().getClassLoader() == loader) {
                    DriverManager.registerDriver(new LoadedDriver(driver));
                }
            }
        } catch (MalformedURLException | SQLException | ServiceConfigurationError e) {
            throw new DatabaseException("a driver in " + folder + " cannot be used: " + e.getMessage() + "; replace its jar", e);
        } catch (IOException e) {
            throw new DatabaseException("cannot read " + folder + "; change its permissions", e);
        }
    }

    /** {@code lib/} beside the jar if there is one, else in the working directory. */
    private static Path folder() {
        try {
            Path jar = Path.of(Drivers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path beside = jar.resolveSibling("lib");
            if (Files.isRegularFile(jar) && Files.isDirectory(beside)) {
                return beside;
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return Path.of("lib").toAbsolutePath();
    }
}
