package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
    private final SetClock clock = new SetClock("2026-03-10T12:30:10Z");
    private final World world = World.builder().clock(clock).build();
    private Simulator simulator;
    private ApiClient client;

    private void start(SimulatorOptions options) {
        simulator = Simulator.start(world, options);
        client = new ApiClient(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Bearer \"" + SimulatorOptions.DEFAULT_KEY + "\"", SimulatorOptions.DEFAULT_KEY})
    void aWrongKeyIs401(String authorization) throws Exception {
        start(SimulatorOptions.defaults());
        HttpResponse<String> response = new ApiClient(simulator, authorization.isEmpty() ? null : authorization).get("/campaigns/list");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(ApiClient.MAPPER.readTree(response.body()).has("message")).isTrue();
        assertThat(client.status("/campaigns/list")).isEqualTo(200);
    }

    @Test
    void theKeyCanChangeInMidRun() throws Exception {
        start(SimulatorOptions.defaults().apiKey("first"));
        ApiClient first = new ApiClient(simulator, "Bearer first");
        assertThat(first.status("/canvas/list")).isEqualTo(200);
        simulator.changeKey("second");
        assertThat(first.status("/canvas/list")).isEqualTo(401);
        assertThat(new ApiClient(simulator, "Bearer second").status("/canvas/list")).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void aMissingPermissionIs403OnItsEndpointOnly(Endpoint endpoint) throws Exception {
        start(SimulatorOptions.defaults().without(endpoint.permission()));
        HttpResponse<String> response = client.get(endpoint.path());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"message\":\"Access Denied\"}");
        for (Endpoint other : Endpoint.values()) {
            if (other != endpoint) {
                assertThat(client.status(other.path())).as(other.path()).isIn(200, 400);
            }
        }
        simulator.grant(endpoint.permission());
        assertThat(client.status(endpoint.path())).isIn(200, 400);
        simulator.revoke(endpoint.permission());
        assertThat(client.status(endpoint.path())).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/campaigns", "/campaigns/list/", "/kpi/sessions/data_series", "/feed/details"})
    void anUnknownPathIs404(String path) throws Exception {
        start(SimulatorOptions.defaults());
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"message\":\"Invalid URL\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void newsFeedCanBeRetired(int status) throws Exception {
        start(SimulatorOptions.defaults().newsFeedRetired(status));
        assertThat(client.status("/feed/list")).isEqualTo(status);
        assertThat(client.status("/feed/data_series", "card_id", world.cardIds().get(0), "length", 1)).isEqualTo(status);
        assertThat(client.status("/campaigns/list")).isEqualTo(200);
    }

    @Test
    void limitsCountInFixedWindowsOfTheirBucket() throws Exception {
        start(SimulatorOptions.defaults().limit(RateLimit.DEFAULT, new RateLimit(3, Duration.ofMinutes(1))));
        String end = Long.toString(Instant.parse("2026-03-10T12:31:00Z").getEpochSecond());
        for (int left = 2; left >= 0; left--) {
            assertLimits(client.get("/canvas/list"), 200, "3", Integer.toString(left), end);
        }
        assertLimits(client.get("/segments/list"), 429, "3", "0", end);
        assertLimits(client.get("/events/list"), 200, "1000", "999",
                Long.toString(Instant.parse("2026-03-10T13:00:00Z").getEpochSecond()));
        assertLimits(client.get("/campaigns/data_series", "campaign_id", world.campaignIds().get(0), "length", 1), 200, "50000",
                "49999", end);
        clock.set("2026-03-10T12:30:59Z");
        assertThat(client.status("/canvas/list")).isEqualTo(429);
        clock.set("2026-03-10T12:31:00Z");
        assertLimits(client.get("/canvas/list"), 200, "3", "2", Long.toString(Instant.parse("2026-03-10T12:32:00Z").getEpochSecond()));
    }

    @Test
    void foreignTrafficEatsFromABucket() throws Exception {
        start(SimulatorOptions.defaults());
        simulator.consume(RateLimit.NAMES, 998);
        assertThat(client.get("/events/list").headers().firstValue("x-ratelimit-remaining")).hasValue("1");
        simulator.consume(RateLimit.NAMES, 5);
        assertThat(client.status("/events/list")).isEqualTo(429);
        assertThat(client.status("/canvas/list")).isEqualTo(200);
        assertThatThrownBy(() -> simulator.consume("unknown", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusedRequestsCarryTheLimitsToo() throws Exception {
        start(SimulatorOptions.defaults().without("canvas.list"));
        assertThat(client.get("/canvas/list").headers().map()).containsKeys("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset");
        assertThat(client.get("/unknown").headers().map()).containsKey("x-ratelimit-limit");
        assertThat(client.get("/campaigns/details").headers().map()).containsKey("x-ratelimit-limit");
        assertThat(new ApiClient(simulator, null).get("/canvas/list").headers().map()).containsKey("x-ratelimit-limit");
    }

    @Test
    void theServersClockMayBeWrong() throws Exception {
        start(SimulatorOptions.defaults().clockSkew(Duration.ofHours(-2)));
        HttpResponse<String> response = client.get("/events/list");
        assertThat(response.headers().firstValue("date")).hasValue("Tue, 10 Mar 2026 10:30:10 GMT");
        assertThat(response.headers().firstValue("x-ratelimit-reset"))
                .hasValue(Long.toString(Instant.parse("2026-03-10T11:00:00Z").getEpochSecond()));
        assertThat(client.times("/kpi/dau/data_series", "length", 1)).containsExactly("2026-03-10");
    }

    @Test
    void theServersClockMayBeAnotherThanTheWorlds() throws Exception {
        start(SimulatorOptions.defaults().serverClock(Clock.systemUTC()));
        assertThat(client.get("/events/list").headers().firstValueAsLong("x-ratelimit-reset").getAsLong())
                .isGreaterThan(Instant.now().getEpochSecond() - 60);
    }

    @Test
    void headerNamesAreInLowerCase() throws Exception {
        start(SimulatorOptions.defaults());
        try (Socket socket = new Socket("127.0.0.1", simulator.uri().getPort())) {
            socket.getOutputStream().write(("GET /canvas/list HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + SimulatorOptions.DEFAULT_KEY + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String head = new String(in.readNBytes(300), StandardCharsets.UTF_8).split("\r\n\r\n")[0];
            assertThat(head).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(head).contains("\r\nx-ratelimit-limit: 250000", "\r\nx-ratelimit-remaining: 249999", "\r\nx-ratelimit-reset: ",
                    "\r\ndate: Tue, 10 Mar 2026 12:30:10 GMT", "\r\ncontent-type: application/json");
        }
    }

    @Test
    void theLogHoldsDecodedQueries() throws Exception {
        start(SimulatorOptions.defaults());
        String name = world.eventNames().stream().filter(event -> event.startsWith("a+b")).findFirst().orElseThrow();
        client.get("/events/data_series", "event", name, "length", 1);
        client.get("/campaigns/list", "per page", "2026-03-01T00:00:00+02:00");
        client.get("/campaigns/list", "page", "-1");
        assertThat(simulator.log().requests()).containsExactly(
                new LoggedRequest(clock.instant(), "/events/data_series", Map.of("event", name, "length", "1"), 200),
                new LoggedRequest(clock.instant(), "/campaigns/list", Map.of("per page", "2026-03-01T00:00:00+02:00"), 200),
                new LoggedRequest(clock.instant(), "/campaigns/list", Map.of("page", "-1"), 400));
        assertThat(simulator.log().counts()).isEqualTo(Map.of("/events/data_series", 1, "/campaigns/list", 2));
        simulator.log().clear();
        assertThat(simulator.log().count()).isZero();
    }

    @Test
    void theLogKnowsHowManyWereInFlight() throws Exception {
        start(SimulatorOptions.defaults());
        for (int i = 0; i < 20; i++) {
            client.get("/canvas/list");
        }
        assertThat(simulator.log().highestInFlight()).isEqualTo(1);
        CountDownLatch together = new CountDownLatch(5);
        simulator.fault(Fault.on("/canvas/list").answer(Answer.regularAfter(() -> {
            together.countDown();
            try {
                together.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })));
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Future<Integer>> statuses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            statuses.add(threads.submit(() -> client.status("/canvas/list")));
        }
        for (Future<Integer> status : statuses) {
            assertThat(status.get()).isEqualTo(200);
        }
        threads.shutdown();
        assertThat(simulator.log().highestInFlight()).isEqualTo(5);
    }

    @Test
    void theWorldChangesWhileItIsRead() throws Exception {
        start(SimulatorOptions.defaults());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> readers = new ArrayList<>();
        for (int reader = 0; reader < 2; reader++) {
            readers.add(threads.submit(() -> {
                for (String id : world.canvasIds()) {
                    for (int i = 0; i < 20; i++) {
                        assertThat(client.status("/canvas/list")).isEqualTo(200);
                        assertThat(client.status("/canvas/data_series", "canvas_id", id, "length", 2)).isIn(200, 400);
                    }
                }
                return null;
            }));
        }
        Future<?> writer = threads.submit(() -> {
            for (int i = 0; i < 200; i++) {
                String id = world.addCanvas("canvas " + i);
                world.correct("canvases_analytics", id, world.today(), "/total_stats/entries", i);
                world.rename(id, "renamed");
                world.delete(world.canvasIds().get(0));
            }
        });
        writer.get();
        for (Future<?> reader : readers) {
            reader.get();
        }
        threads.shutdown();
        assertThat(world.canvasIds()).hasSize(6);
    }

    @Test
    void answersTakeTheirLatency() throws Exception {
        start(SimulatorOptions.defaults().latency(Duration.ofMillis(150)));
        long before = System.nanoTime();
        client.get("/canvas/list");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void onlyGetIsKnown() throws Exception {
        start(SimulatorOptions.defaults());
        HttpRequest post = HttpRequest.newBuilder(client.request("/campaigns/list").uri())
                .POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        assertThat(HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    @Test
    void aTakenPortStopsTheStart() {
        start(SimulatorOptions.defaults());
        SimulatorOptions taken = SimulatorOptions.defaults().port(simulator.uri().getPort());
        assertThatThrownBy(() -> Simulator.start(world, taken)).isInstanceOf(UncheckedIOException.class);
    }

    private static void assertLimits(HttpResponse<String> response, int status, String limit, String remaining, String reset) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("x-ratelimit-limit")).hasValue(limit);
        assertThat(response.headers().firstValue("x-ratelimit-remaining")).hasValue(remaining);
        assertThat(response.headers().firstValue("x-ratelimit-reset")).hasValue(reset);
    }
}
