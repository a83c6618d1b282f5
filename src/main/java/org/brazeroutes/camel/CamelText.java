package org.brazeroutes.camel;

import java.util.regex.Pattern;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.util.ObjectHelper;
import org.brazeroutes.pass.RouteException;
import org.brazeroutes.stream.Causes;

/** What Camel says, without the values it says it about: it prints the body on which an expression failed. */
public final class CamelText {

    /** Behind these words, or in quotes or braces, stands what came from Braze; <code>${</code> begins an expression. */
    private static final Pattern VALUES = Pattern.compile(
            "\\s+Message History.*| (?:bean|endpoint): .*| with value .*|(?<![\\w/])[\"'].*|(?<!\\$)\\{.*", Pattern.DOTALL);

    private CamelText() {
    }

    /** The text up to the first value. */
    public static String withoutValues(String text) {
        return VALUES.matcher(text).replaceFirst("… (--debug prints all of it)");
    }

    /** One line that says what happened: in our own words as they are, in those of others up to the first value. */
    static String line(Throwable failure) {
        return Causes.line(own(failure));
    }

    /** The failure of ours that Camel has wrapped in one of its own; if there is none, one that says what this one does. */
    static Throwable own(Throwable failure) {
        for (Throwable e = failure; e != null && e.getCause() != e; e = e.getCause()) {
            if (isOwn(e)) {
                return e;
            }
        }
        MethodNotFoundException missing = ObjectHelper.getException(MethodNotFoundException.class, failure);
        if (missing != null && "hasNext".equals(missing.getMethodName())) {
            return new RouteException("the loop's end needs the body that 'table:' leaves; put the steps that change it before 'table:'", failure);
        }
        // so Camel wraps what is no Exception, and says nothing of it
        return new RouteException(withoutValues(Causes.line(failure instanceof CamelExecutionException ? Causes.deepest(failure) : failure)), failure);
    }

    /** True if it is a failure of ours, whose message says all. */
    public static boolean isOwn(Throwable e) {
        return e.getClass().getName().startsWith("org.brazeroutes.");
    }
}
