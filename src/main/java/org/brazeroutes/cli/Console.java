package org.brazeroutes.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.brazeroutes.json.Json;

/**
 * Results to standard output, everything else to standard error, both in UTF-8. Control characters of what Braze sent
 * are replaced, so that a campaign's name cannot steer the terminal.
 *
 * @param terminal whether standard error is a terminal that can redraw a line
 */
record Console(PrintStream out, PrintStream err, InputStream in, boolean terminal) {

    /** Characters beside ASCII's that end a line, steer a terminal or turn the direction of writing. */
    private static final Pattern STEERING = Pattern.compile("[\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]");

    /** The process's own streams. */
    static Console system(Map<String, String> environment, StandardOutput output) {
        boolean terminal = Terminal.isErrorStream() && !"dumb".equals(environment.get("TERM"));
        return new Console(utf8(output), utf8(new FileOutputStream(FileDescriptor.err)), System.in, terminal);
    }

    /** One line of results. */
    void line(String text) {
        out.println(printable(text));
    }

    /** One result as a JSON object on one line, its keys in the map's order; what could steer the terminal is escaped. */
    void json(Map<String, ?> result) {
        out.println(STEERING.matcher(Json.text(plain(result))).replaceAll(found -> String.format("\\\\u%04X", (int) found.group().charAt(0))));
    }

    /** Aligned columns, numbers to the right; null is an empty cell. */
    void table(List<String> head, List<? extends List<?>> rows) {
        Table.lines(head, rows).forEach(this::line);
    }

    /** One line that says what happened, where, what to do. */
    void error(String text) {
        err.println(printable(text));
    }

    void warn(String text) {
        error("warning: " + text);
    }

    /** Asks on standard error for a yes; the end of input is a no. */
    boolean ask(String question) {
        err.print(printable(question) + " [y/N] ");
        err.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            if (answer == null) {
                err.println();
            }
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException closed) {
            return false;
        }
    }

    /** Standard output, for help and version. */
    PrintWriter writer() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    /** One line, without control characters. */
    static String printable(String text) {
        return text.replaceAll("[\\r\\n\\t]+", " ").replaceAll("\\p{Cntrl}|" + STEERING, "\uFFFD");
    }

    private static PrintStream utf8(FileOutputStream output) {
        return new PrintStream(output, true, StandardCharsets.UTF_8);
    }

    /** Dates, durations and enums as their text, so that JSON needs no modules. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(key.toString(), plain(each)));
            return plain;
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(Console::plain).toList();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
