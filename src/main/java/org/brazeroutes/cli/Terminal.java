package org.brazeroutes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether standard error is a terminal. System.console() tells of standard input and output, and from JDK 22 on is never null. */
final class Terminal {

    private static final Path ERROR_STREAM = Path.of("/proc/self/fd/2");

    private Terminal() {
    }

    static boolean isErrorStream() {
        try {
            return isTerminal(Files.readSymbolicLink(ERROR_STREAM).toString());
        } catch (IOException | UnsupportedOperationException notLinux) {
            return consoleIsTerminal();
        }
    }

    static boolean isTerminal(String device) {
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
    }

    private static boolean consoleIsTerminal() {
        java.io.Console console = System.console();
        try {
            return console != null && (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
