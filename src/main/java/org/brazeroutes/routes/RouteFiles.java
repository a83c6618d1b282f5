package org.brazeroutes.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.brazeroutes.database.Libraries;

/** Finds the route files: those of a directory replace the packaged ones as a whole. */
public final class RouteFiles {

    private static final String PACKAGED = "packaged routes";
    private static final String IN_JAR = "packaged in the jar";
    private static final String FOLDER = "routes/";

    private final String origin;
    private final Map<String, RouteFile> files;

    private RouteFiles(String origin, Map<String, RouteFile> files) {
        this.origin = origin;
        this.files = files;
    }

    /**
     * The files that run: of the given directory, else of {@code routes} in the working directory, else of {@code routes}
     * beside the jar, else the packaged ones.
     *
     * @param packagedToo adds the packaged files that the directory does not have by name
     */
    public static RouteFiles find(Optional<Path> given, boolean packagedToo) {
        Optional<Path> directory = given
                .or(() -> Stream.concat(Stream.of(Path.of("routes")), Libraries.jar().map(jar -> jar.resolveSibling("routes")).stream())
                        .filter(Files::isDirectory).findFirst());
        Map<String, RouteFile> files = new TreeMap<>();
        try {
            if (directory.isEmpty() || packagedToo) {
                files.putAll(packaged());
            }
            if (directory.isPresent()) {
                Path path = directory.get().toAbsolutePath().normalize();
                if (!Files.isDirectory(path)) {
                    throw new IllegalArgumentException("routes.directory: there is no directory " + path);
                }
                files.putAll(read(path, path.toString()));
            }
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("cannot read the route files in " + e.getFile() + "; change its permissions, or set routes.directory", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the route files: " + e.getMessage(), e);
        }
        return new RouteFiles(directory.map(path -> path.toAbsolutePath().normalize() + (packagedToo ? " and " + IN_JAR : ""))
                .orElse(IN_JAR), files);
    }

    /** Where they come from, for a message. */
    public String origin() {
        return origin;
    }

    /** What the stream of each file is called that seems to declare one. */
    public List<String> names() {
        return files.values().stream().filter(RouteFile::namesStream).map(RouteFile::stream).toList();
    }

    /** True if a file says what happens to failures; else Camel logs them in its own words, and their passes are not complete. */
    public boolean handleFailures() {
        return files.values().stream().anyMatch(file -> new String(file.content(), StandardCharsets.UTF_8).contains("routeConfiguration"));
    }

    Collection<RouteFile> all() {
        return files.values();
    }

    private static Map<String, RouteFile> packaged() throws IOException {
        Path code = Libraries.code();
        if (Files.isDirectory(code)) {
            return read(code.resolve(FOLDER), PACKAGED);
        }
        try (ZipFile jar = new ZipFile(code.toFile())) {
            return read(jar);
        }
    }

    /** Without a file system over the jar, which would take a while to begin. */
    private static Map<String, RouteFile> read(ZipFile jar) throws IOException {
        Map<String, RouteFile> files = new TreeMap<>();
        for (ZipEntry entry : Collections.list(jar.entries())) {
            if (entry.getName().startsWith(FOLDER) && isRouteFile(entry.getName().substring(FOLDER.length()))) {
                String name = entry.getName().substring(FOLDER.length());
                try (InputStream in = jar.getInputStream(entry)) {
                    files.put(name, new RouteFile(name, PACKAGED + "/" + name, in.readAllBytes()));
                }
            }
        }
        return files;
    }

    private static RouteFile read(Path file, String name, String location) {
        try {
            return new RouteFile(name, location, Files.readAllBytes(file));
        } catch (IOException e) {
            return new RouteFile(name, location, new byte[0], e);
        }
    }

    private static boolean isRouteFile(String name) {
        return name.matches("[^./][^/]*\\.ya?ml");
    }

    /** Kubernetes mounts a config map as links to hidden entries: only what has a plain name counts. */
    private static Map<String, RouteFile> read(Path directory, String shown) throws IOException {
        Map<String, RouteFile> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.filter(entry -> Files.isRegularFile(entry) || Files.isSymbolicLink(entry) && !Files.isDirectory(entry)).toList()) {
                String name = file.getFileName().toString();
                if (isRouteFile(name)) {
                    files.put(name, read(file, name, shown + "/" + name));
                }
            }
        }
        return files;
    }
}
