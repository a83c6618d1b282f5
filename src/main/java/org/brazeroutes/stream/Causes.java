package org.brazeroutes.stream;

import java.net.UnknownHostException;

/** What failures died of. */
public final class Causes {

    private Causes() {
    }

    /** The cause at the bottom of a failure, which says most; itself if it has none. */
    public static Throwable deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** One line that says what happened. */
    public static String line(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "out of memory (" + failure.getMessage() + "); give the process more with -Xmx";
        }
        if (failure instanceof ClassNotFoundException) {
            return "there is no class " + failure.getMessage();
        }
        if (failure instanceof NoClassDefFoundError) {
            return "there is no class " + String.valueOf(failure.getMessage()).replace('/', '.') + "; put its jar into lib/";
        }
        String message = failure.getMessage();
        if (failure instanceof UnknownHostException && message != null) {
            // some systems say more behind its name
            return "the host " + message.replaceFirst(":.*", "") + " is unknown";
        }
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.lines().findFirst().orElse("").strip();
    }
}
