package org.brazeroutes.stream;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where something is: a JDBC URL or a Camel URI, which may hold passwords.
 *
 * @param text  as the user gave it; never printed
 * @param shown the same with {@code ***} for all that must not be printed
 */
public record Address(String text, String shown) {

    private static final String HIDDEN = "***";

    /** A text of a driver's or a component's, in which it may quote the address or a part of it, without what must not be printed. */
    public String hideIn(String said) {
        String hidden = said.replace(text, shown);
        for (String secret : secrets()) {
            hidden = Pattern.compile("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)").matcher(hidden).replaceAll(Matcher.quoteReplacement(HIDDEN));
        }
        return hidden;
    }

    /** The failure as the cause of one that is told; null if a stack trace of it would print what must not be printed. */
    public Throwable cause(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return hideIn(trace.toString()).contentEquals(trace.getBuffer()) ? failure : null;
    }

    /** What stands in the places of the stars, also as it is read: without RAW(…), without %40 and its like, the password of a login alone. */
    private Set<String> secrets() {
        String places = Arrays.stream(shown.split(Pattern.quote(HIDDEN), -1)).map(Pattern::quote).collect(Collectors.joining("(.*)"));
        Matcher matcher = Pattern.compile(places, Pattern.DOTALL).matcher(text);
        Set<String> secrets = new LinkedHashSet<>();
        if (!matcher.matches()) {
            return secrets;
        }
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String secret = matcher.group(i);
            String bare = secret.replaceFirst("(?s)^(?:RAW)?[({](.*)[)}]$", "$1");
            secrets.add(secret);
            secrets.add(bare);
            secrets.add(bare.substring(bare.indexOf(':') + 1));
            secrets.add(decoded(bare));
        }
        secrets.remove("");
        return secrets;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    @Override
    public String toString() {
        return shown;
    }
}
