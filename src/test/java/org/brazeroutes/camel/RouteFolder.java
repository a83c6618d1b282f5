package org.brazeroutes.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.brazeroutes.routes.RouteFiles;

/** A user's folder of route files. */
final class RouteFolder {

    final Path path;

    RouteFolder(Path path) throws IOException {
        this.path = Files.createDirectories(path);
    }

    /** Copies our files, all of them without names. */
    RouteFolder with(String... streams) throws IOException {
        try (var files = Files.list(StreamContractTest.ROUTES)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (streams.length == 0 || Set.of(streams).contains(name.replace(".yaml", ""))) {
                    Files.copy(file, path.resolve(name));
                }
            }
        }
        return this;
    }

    RouteFolder write(String file, String content) throws IOException {
        Files.writeString(path.resolve(file), content);
        return this;
    }

    /** Writes one of our files under another stream's name, changed; the text to change must be there. */
    RouteFolder variant(String of, String name, String... changes) throws IOException {
        return write(name + ".yaml", changed(of, name, changes));
    }

    static String changed(String of, String name, String... changes) throws IOException {
        String text = Files.readString(StreamContractTest.ROUTES.resolve(of + ".yaml"))
                .replaceAll("(id: |timer:|table:|stream\\.)" + of + "\\b", "$1" + name);
        for (int i = 0; i < changes.length; i += 2) {
            if (!text.contains(changes[i])) {
                throw new IllegalArgumentException("'" + changes[i] + "' is not in " + of + ".yaml");
            }
            text = text.replace(changes[i], changes[i + 1]);
        }
        return text;
    }

    /** The route with its step {@code table:} inside others, whose text leads to it; what comes behind may follow. */
    static String nested(String route, String others) {
        return nested(route, route.substring(route.lastIndexOf("- to:", route.indexOf("table:"))), others);
    }

    /** The same with all steps from that one on. */
    static String nested(String route, String step, String others) {
        int first = route.indexOf(step);
        return route.substring(0, first) + others + route.substring(first).replace("\n", "\n      ").stripTrailing();
    }

    /** The number of the first line that holds the text. */
    int line(String file, String text) throws IOException {
        var lines = Files.readAllLines(path.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(text);
    }

    RouteFiles files() {
        return RouteFiles.find(Optional.of(path), false);
    }
}
