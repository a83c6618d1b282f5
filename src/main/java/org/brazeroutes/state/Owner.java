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
 * @param host    where it runs, since it was booted; process numbers mean something only there
 * @param pid     its process number
 * @param started when it started, by a clock that nobody sets where there is one; tells apart two processes that got the same number
 */
public record Owner(String id, String host, long pid, long started) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** The place of the start among the fields of {@code /proc/<pid>/stat}, from 1. */
    private static final int STARTED = 22;

    /** This process. */
    public static Owner self() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(UUID.randomUUID().toString(), machine(), self.pid(), started(self));
    }

    /** True if the process is known to be gone: it ran where this one runs, and nothing has its number any more. */
    boolean gone(Owner self) {
        return host.equals(self.host) && ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && started(process) == started).isEmpty();
    }

    /** Linux tells it in ticks since the boot. The time of day that the JVM makes of them moves when the machine's clock is set. */
    private static long started(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            // the name, in brackets, may hold blanks and brackets; behind it comes the third field
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[STARTED - 3]);
        } catch (IOException | RuntimeException e) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }
    }

    /** The host's name with its boot and its space of process numbers: containers may share the name, not the space. */
    private static String machine() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            name = "localhost";
        }
        try {
            return name + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")) + " " + Files.readString(BOOT).strip();
        } catch (IOException | UnsupportedOperationException e) {
            return name;
        }
    }
}
