package org.brazeroutes.state;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * A process that may own leases.
 *
 * @param id      of this run of the process
 * @param host    where it runs; process numbers mean something only there
 * @param pid     its process number
 * @param started when it started, in milliseconds; tells apart two processes that got the same number
 */
public record Owner(String id, String host, long pid, long started) {

    /** This process. */
    public static Owner self() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(UUID.randomUUID().toString(), hostWithSpace(), self.pid(), started(self));
    }

    /** True if the process is known to be gone: it ran where this one runs, and nothing has its number any more. */
    boolean gone(Owner self) {
        return host.equals(self.host) && ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && started(process) == started).isEmpty();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The host's name with its space of process numbers: containers may share the name, not the space. */
    private static String hostWithSpace() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            name = "localhost";
        }
        try {
            return name + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return name;
        }
    }
}
