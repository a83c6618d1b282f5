package org.brazeroutes.database;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What users add as jars in {@code lib/}: drivers of other databases, components of Camel. */
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
            throw new DatabaseException("cannot read " + folder + "; change its permissions", e);
        }
    }

    /** {@code lib/} beside the jar if there is one, else in the working directory. */
    static Path folder() {
        try {
            Path jar = Path.of(Libraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
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
