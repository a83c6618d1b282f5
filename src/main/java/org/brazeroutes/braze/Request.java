package org.brazeroutes.braze;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import org.brazeroutes.stream.Stream;

/**
 * One GET.
 *
 * @param stream whose records it asks for
 * @param query  parameters in order, not encoded
 * @param what   what it asks for, in words for a message: {@code campaign 7f3e, 2024-04-10 to 2024-04-23}
 */
public record Request(Stream stream, Map<String, String> query, String what) {

    /** The query in percent-encoding, a space as %20: event names may hold anything. */
    public String encodedQuery() {
        StringJoiner encoded = new StringJoiner("&");
        query.forEach((name, value) -> encoded.add(encoded(name) + "=" + encoded(value)));
        return encoded.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "GET " + stream.path() + (what.isEmpty() ? "" : " (" + what + ")");
    }
}
