package org.brazeroutes.routes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A route file.
 *
 * @param name     without folder, {@code campaigns.yaml}
 * @param location where it lies, for messages
 * @param content  its text in UTF-8, nothing if it cannot be read
 * @param failure  why it cannot be read, or null
 */
public record RouteFile(String name, String location, byte[] content, IOException failure) {

    private static final Pattern LIST = Pattern.compile("\\s*(-(\\s.*)?|\\[.*)");
    private static final Pattern OTHERS = Pattern.compile("routeConfiguration:|beans:|from:\\s*\\{?\\s*(?:id:[^\\n,]*[\\n,]\\s*)?uri:\\s*[\"']?(direct|seda):");
    private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?|%.*|---\\s*(#.*)?");

    RouteFile(String name, String location, byte[] content) {
        this(name, location, content, null);
    }

    /** The name that the stream in it must have. */
    String stream() {
        return name.replaceFirst("\\.ya?ml$", "");
    }

    /** False for a file of failures, beans or helper routes; one that is too broken to tell is taken for a stream's. */
    boolean namesStream() {
        return text().contains("table:") || !OTHERS.matcher(text()).find();
    }

    /** True unless it holds something else than a YAML list, which Camel would pass over in silence. */
    boolean holdsList() {
        return text().lines().filter(RouteFile::says).findFirst().filter(line -> LIST.matcher(line).matches()).isPresent();
    }

    /** False for blank lines, comments, directives and the mark at the begin of a document. */
    private static boolean says(String line) {
        return !NOTHING.matcher(line).matches();
    }

    /** Throws IllegalArgumentException if there is nothing in it to read. */
    void requireText() {
        if (failure != null) {
            String reason = failure instanceof AccessDeniedException ? "permission denied" : failure instanceof NoSuchFileException ? "its link leads nowhere"
                    : failure.toString();
            throw new IllegalArgumentException("it cannot be read (" + reason + ")");
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            if (text().lines().noneMatch(RouteFile::says)) {
                throw new IllegalArgumentException("the file is empty");
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is no text in UTF-8; save it in that encoding");
        }
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

    /** Without the mark with which some editors begin a text in UTF-8. */
    private String text() {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
