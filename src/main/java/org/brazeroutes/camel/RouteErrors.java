package org.brazeroutes.camel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one line out of what Camel says about a route file: file, line, what is wrong, what to do. */
final class RouteErrors {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private RouteErrors() {
    }

    static String line(RouteFile file, Throwable failure) {
        Throwable said = failure;
        while (said.getCause() != null && said.getCause() != said) {
            said = said.getCause();
        }
        String what = Failures.line(said).replaceAll("\\s+", " ");
        return file.location() + lineNumber(failure) + ": " + what + ". Mend the file; the other streams run";
    }

    private static String lineNumber(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof DeclarationException declaration && declaration.line() > 0) {
                return ":" + declaration.line();
            }
            Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
            if (line.find()) {
                return ":" + line.group(1);
            }
        }
        return "";
    }
}
