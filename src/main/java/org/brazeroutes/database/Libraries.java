package org.brazeroutes.database;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Where our own classes are, and what users add to them as jars in {@code lib/}: drivers of other databases, components of Camel. */
public final class Libraries {

    /** They stay open: classes are loaded from them as long as the process runs. */
    private static final Map<Path, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    private Libraries() {
    }

    /** Loads our own classes, and those of the jars in {@code lib/} if there are any. */
    public static ClassLoader loader() {
        return loader(folder());
    }

    static ClassLoader loader(Path folder) {
        return Files.isDirectory(folder) ? LOADERS.computeIfAbsent(folder, Libraries::open) : Libraries.class.getClassLoader();
    }

    private static ClassLoader open(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = jars.get(i).toUri().toURL();
            }
            return new URLClassLoader(urls, Libraries.class.getClassLoader());
        } catch (IOException e) {
            throw new DatabaseException("cannot read " + folder + " (" + e + "); change its permissions", e);
        }
    }

    /** {@code lib/} beside the jar if there is one, else in the working directory. */
    static Path folder() {
        return jar().map(jar -> jar.resolveSibling("lib")).filter(Files::isDirectory).orElseGet(() -> Path.of("lib").toAbsolutePath());
    }

    /** The running jar; empty if classes run from a folder. */
    public static Optional<Path> jar() {
        return Optional.of(code()).filter(Files::isRegularFile);
    }

    /** The running jar, or the folder that its classes run from. */
    public static Path code() {
        try {
            return Path.of(Libraries.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
