package org.brazeroutes.camel;

import java.util.regex.Pattern;
import org.brazeroutes.stream.Causes;

/** What Camel says, without the values it says it about: it prints the body on which an expression failed. */
public final class CamelText {

    /** Behind these words, or in quotes or braces, stands what came from Braze; <code>${</code> begins an expression. */
    private static final Pattern VALUES = Pattern.compile("\\s+Message History.*| (?:bean|endpoint): .*| with value .*|(?<![\\w/])[\"'].*|(?<!\\$)\\{.*", Pattern.DOTALL);

    private CamelText() {
    }

    /** The text up to the first value. */
    public static String withoutValues(String text) {
        return VALUES.matcher(text).replaceFirst("… (--debug prints all of it)");
    }

    /** One line that says what happened: in our own words as they are, in those of others up to the first value. */
    static String line(Throwable failure) {
        String line = Causes.line(failure);
        return failure.getClass().getName().startsWith("org.brazeroutes.") ? line : withoutValues(line);
    }
}
