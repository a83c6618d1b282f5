package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that sends a byte now and then: no read ever takes long, and the answer never ends. */
class DrippingAnswerTest {

    @TempDir
    private Path directory;
    private final AtomicInteger requests = new AtomicInteger();

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aBodyThatDripsEndsWithTheRequestTimeoutAndIsTriedAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread accepting = new Thread(() -> accept(server), "dripping");
            accepting.setDaemon(true);
            accepting.start();
            SyncFixture fixture = new SyncFixture(URI.create("http://127.0.0.1:" + server.getLocalPort()), "key", directory, Clock.systemUTC());
            fixture.requestTimeout = Duration.ofSeconds(1);
            long begin = System.nanoTime();
            PassResult result = fixture.sync("campaigns").get("campaigns");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("not complete after 1 s");
            assertThat(requests.get()).isEqualTo(fixture.retries + 1);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(30);
        }
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                requests.incrementAndGet();
                Thread dripping = new Thread(() -> drip(socket));
                dripping.setDaemon(true);
                dripping.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void drip(Socket socket) {
        try (socket; OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1000; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException gone) {
            // the client has closed the connection, as it should
        }
    }
}
