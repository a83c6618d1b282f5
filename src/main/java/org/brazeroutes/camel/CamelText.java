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
        Throwable own = own(failure);
        String line = Causes.line(own);
        return isOwn(own) ? line : withoutValues(line);
    }

    /** The failure of ours that Camel has wrapped in one of its own; the failure itself if there is none. */
    static Throwable own(Throwable failure) {
        for (Throwable e = failure; e != null && e.getCause() != e; e = e.getCause()) {
            if (isOwn(e)) {
                return e;
            }
        }
        return failure;
    }

    private static boolean isOwn(Throwable e) {
        return e.getClass().getName().startsWith("org.brazeroutes.");
    }
}
