package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.ExceptionListener;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.io.CloseMode;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections end without a word, and answers whose body nobody reads give theirs back. */
class ConnectionsTest {

    /** Pages of campaigns, the last of them short. */
    private static final int PAGES = 4;

    @TempDir
    private Path directory;
    private final AtomicInteger requests = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"0, 0, COMPLETE", "2, 2, COMPLETE", "100, 2, FAILED"})
    void aConnectionThatEndedBehindItsAnswerCostsNoTryButOneThatEndsInPlaceOfItDoes(int unanswered, int retries, Result result) throws Exception {
        HttpServer server = closing(unanswered);
        try {
            SyncFixture fixture = new SyncFixture(URI.create("http://127.0.0.1:" + server.getLocalPort()), "key", directory, Clock.systemUTC());
            PassResult pass = fixture.sync("campaigns").get("campaigns");
            assertThat(pass.result()).as("%s", pass).isEqualTo(result);
            assertThat(pass.retries()).isEqualTo(retries);
            assertThat(requests).hasValue(result == Result.COMPLETE ? PAGES + retries : 1 + retries);
            assertThat(fixture.count("campaigns")).isEqualTo(result == Result.COMPLETE ? 100 * (PAGES - 1) + 1 : 0);
        } finally {
            server.close(CloseMode.IMMEDIATE);
        }
    }

    /** A server that closes each connection behind the answer without having said so. */
    private HttpServer closing(int unanswered) throws IOException {
        HttpServer server = ServerBootstrap.bootstrap().setLocalAddress(InetAddress.getLoopbackAddress())
                .setHttpProcessor(HttpProcessorBuilder.create().add(new ResponseContent()).build())
                .setConnectionReuseStrategy((request, response, context) -> false).setExceptionListener(new InOrder())
                .setRequestRouter((request, context) -> (asked, response, again) -> {
                    if (requests.incrementAndGet() <= unanswered) {
                        throw new IOException("no answer");
                    }
                    page(asked, response);
                }).create();
        server.start();
        return server;
    }

    /** Closes a connection without an answer as one behind an answer is closed, not by a reset. */
    private static final class InOrder implements ExceptionListener {

        @Override
        public void onError(Exception failure) {
        }

        @Override
        public void onError(HttpConnection connection, Exception failure) {
            connection.close(CloseMode.GRACEFUL);
        }
    }

    private static void page(ClassicHttpRequest request, ClassicHttpResponse response) {
        int page = Integer.parseInt(request.getRequestUri().replaceFirst(".*[?&]page=(\\d+).*", "$1"));
        String campaigns = IntStream.range(0, page < PAGES - 1 ? 100 : 1).mapToObj(i -> "{\"id\":\"c" + page + "-" + i + "\"}").collect(Collectors.joining(","));
        response.setEntity(new StringEntity("{\"message\":\"success\",\"campaigns\":[" + campaigns + "]}", ContentType.APPLICATION_JSON));
    }

    /** Camel hands out no body of this type. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void answersOfJavaObjectsFailTheirStreamAndTakeNoConnectionFromTheOthers() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.database.concurrency = 2;
            synced.database.requestTimeout = Duration.ofSeconds(1);
            synced.database.retries = 4;
            synced.simulator.fault(Fault.on("/campaigns/list").answer(Answer.status(200, "application/x-java-serialized-object", "{}")));
            Map<String, PassResult> results = synced.database.sync("campaigns", "segments");
            assertThat(results.get("campaigns").result()).isEqualTo(Result.FAILED);
            assertThat(synced.requests("/campaigns/list")).hasSize(5);
            assertThat(results.get("segments").result()).isEqualTo(Result.COMPLETE);
            synced.hasEverything("segments");
        }
    }
}
