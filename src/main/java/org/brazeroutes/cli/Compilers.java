package org.brazeroutes.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's compilers. In a sync, which takes seconds and then mostly waits for Braze, HotSpot's second one would spend more
 * of the processors than its code ever gives back, up to half of all. The launcher's flags leave it out; a jar's manifest cannot set
 * flags, so a plain {@code java -jar} says it to the running JVM, as {@code jcmd Compiler.directives_add} would.
 */
final class Compilers {

    private static final Logger LOG = LoggerFactory.getLogger(Compilers.class);
    private static final String WITHOUT_SECOND = "[{match: \"*.*\", c2: {Exclude: true}}]";

    private Compilers() {
    }

    /** Leaves the second compiler out from now on, beside the caller's work; does nothing where that cannot be. */
    static void leaveOutSecond() {
        if (!System.getProperty("java.vm.info", "").contains("emulated-client")) {
            Thread thread = new Thread(Compilers::addDirective, "compilers");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void addDirective() {
        try {
            Path file = Files.createTempFile("braze-routes", ".json");
            try {
                Files.writeString(file, WITHOUT_SECOND);
                ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerDirectivesAdd",
                        new Object[] {new String[] {file.toString()}}, new String[] {String[].class.getName()});
            } finally {
                Files.delete(file);
            }
        } catch (JMException | IOException | RuntimeException | LinkageError e) {
            // another JVM than HotSpot, or no place for a file, or none that it can name: only a short sync takes longer
            LOG.debug("leaving out the second compiler: {}", e.toString());
        }
    }
}
