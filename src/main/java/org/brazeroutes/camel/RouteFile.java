package org.brazeroutes.camel;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A route file.
 *
 * @param name     without folder, {@code campaigns.yaml}
 * @param location where it lies, for messages
 * @param content  its text in UTF-8
 */
record RouteFile(String name, String location, byte[] content) {

    /** The name that the stream in it must have. */
    String stream() {
        return name.replaceFirst("\\.ya?ml$", "");
    }

    /** True unless it holds something else than a YAML list, which Camel would pass over in silence. */
    boolean holdsList() {
        return text().lines().anyMatch(line -> line.startsWith("-") || line.startsWith("["));
    }

    /** The number of the first line with that text in it, not before the given one; 0 if there is none. */
    int lineOf(String part, int from) {
        List<String> lines = text().lines().toList();
        for (int i = Math.max(0, from - 1); i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i + 1;
            }
        }
        return 0;
    }

    private String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
