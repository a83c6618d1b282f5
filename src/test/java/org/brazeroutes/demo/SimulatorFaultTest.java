package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorFaultTest {
    private static final String SERIES = "/campaigns/data_series";

    private final World world = World.builder().clock(new SetClock("2026-03-10T12:30:00Z")).build();
    private final Simulator simulator = Simulator.start(world);
    private final ApiClient client = new ApiClient(simulator);
    private final String id = world.campaignIds().get(0);

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429, 500, 502, 503, 504})
    void statuses(int status) throws Exception {
        simulator.fault(Fault.on(SERIES).answer(Answer.status(status)));
        HttpResponse<String> response = series(id);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(ApiClient.MAPPER.readTree(response.body()).get("message").textValue()).isNotEqualTo("success");
        assertThat(simulator.log().requests()).extracting(LoggedRequest::status).containsExactly(status);
    }

    @Test
    void aFaultMeetsOnlyItsRequestsAndOnlySoOften() throws Exception {
        simulator.fault(Fault.on(SERIES).where("campaign_id", id).after(1).times(2).answer(Answer.status(503)));
        String other = world.campaignIds().get(1);
        assertThat(List.of(series(id).statusCode(), series(other).statusCode(), client.status("/campaigns/list"),
                series(id).statusCode(), series(id).statusCode(), series(other).statusCode(), series(id).statusCode()))
                .containsExactly(200, 200, 200, 503, 503, 200, 200);
    }

    @Test
    void aKeyIsRevokedFromTheNthRequestOn() throws Exception {
        simulator.fault(Fault.everywhere().after(2).answer(Answer.status(401)));
        assertThat(client.status("/campaigns/list")).isEqualTo(200);
        assertThat(client.status("/canvas/list")).isEqualTo(200);
        assertThat(client.status("/canvas/list")).isEqualTo(401);
        assertThat(series(id).statusCode()).isEqualTo(401);
        simulator.clearFaults();
        assertThat(series(id).statusCode()).isEqualTo(200);
    }

    @Test
    void tooManyRequestsInItsForms() throws Exception {
        fault(Answer.tooManyRequests());
        HttpResponse<String> plain = series(id);
        assertThat(plain.statusCode()).isEqualTo(429);
        assertThat(plain.headers().firstValue("x-ratelimit-remaining")).hasValue("0");
        assertThat(plain.headers().firstValue("x-ratelimit-reset")).hasValue("1773145860");
        fault(Answer.status(429).withoutLimitHeaders());
        HttpResponse<String> bare = series(id);
        assertThat(bare.statusCode()).isEqualTo(429);
        assertThat(bare.headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
        fault(Answer.tooManyRequestsResetInThePast());
        assertThat(series(id).headers().firstValue("x-ratelimit-reset")).hasValue("1600000000");
        fault(Answer.tooManyRequestsRetryAfter(7));
        HttpResponse<String> later = series(id);
        assertThat(later.statusCode()).isEqualTo(429);
        assertThat(later.headers().firstValue("retry-after")).hasValue("7");
    }

    @Test
    void bodiesOfGateways() throws Exception {
        fault(Answer.badGatewayHtml());
        HttpResponse<String> html = series(id);
        assertThat(html.statusCode()).isEqualTo(502);
        assertThat(html.body()).startsWith("<html>");
        assertThat(html.headers().firstValue("content-type")).hasValue("text/html");
        fault(Answer.empty(503));
        HttpResponse<String> empty = series(id);
        assertThat(empty.statusCode()).isEqualTo(503);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void spoiltBodies() throws Exception {
        String regular = series(id).body();
        fault(Answer.brokenJson());
        String broken = series(id).body();
        assertThat(regular).startsWith(broken).isNotEqualTo(broken);
        assertThatThrownBy(() -> ApiClient.MAPPER.readTree(broken)).isInstanceOf(JsonProcessingException.class);
        fault(Answer.notJson());
        String text = series(id).body();
        assertThatThrownBy(() -> ApiClient.MAPPER.readTree(text)).isInstanceOf(JsonProcessingException.class);
        fault(Answer.message("No campaign with the given id"));
        assertThat(json().get("message").textValue()).isEqualTo("No campaign with the given id");
        fault(Answer.withoutMember("data"));
        assertThat(json().toString()).isEqualTo("{\"message\":\"success\"}");
        fault(Answer.member("data", "none"));
        assertThat(json().get("data").textValue()).isEqualTo("none");
        fault(Answer.body("[1]"));
        assertThat(series(id).body()).isEqualTo("[1]");
        simulator.clearFaults();
        assertThat(ApiClient.MAPPER.readTree(series(id).body())).isEqualTo(ApiClient.MAPPER.readTree(regular));
    }

    @Test
    void aTruncatedBodyEndsBeforeItsContentLength() throws Exception {
        fault(Answer.truncated());
        assertThatThrownBy(() -> series(id)).isInstanceOf(IOException.class);
        try (Socket socket = ask()) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = answer.split("\r\n\r\n", 2);
            int announced = Integer.parseInt(parts[0].replaceAll("(?s).*content-length: (\\d+).*", "$1"));
            assertThat(parts[0]).startsWith("HTTP/1.1 200 OK");
            assertThat(parts[1].length()).isEqualTo(announced / 2).isPositive();
        }
        assertThat(simulator.log().requests()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aResetConnectionIsAnErrorOfTheSocket() throws Exception {
        fault(Answer.resetInMidBody());
        assertThatThrownBy(() -> series(id)).isInstanceOf(IOException.class);
        try (Socket socket = ask()) {
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        simulator.clearFaults();
        assertThat(series(id).statusCode()).as("the simulator goes on").isEqualTo(200);
    }

    @Test
    void aHungRequestIsNeverAnswered() throws Exception {
        fault(Answer.hang());
        try (Socket socket = ask()) {
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(simulator.log().requests()).extracting(LoggedRequest::status).containsExactly(0);
            simulator.close();
            socket.setSoTimeout(10_000);
            assertThat(end(socket.getInputStream())).isTrue();
        }
    }

    @Test
    void aSlowBodyComesInParts() throws Exception {
        String regular = series(id).body();
        fault(Answer.slowBody(Duration.ofMillis(20)));
        long before = System.nanoTime();
        assertThat(series(id).body()).isEqualTo(regular);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(150));
    }

    private void fault(Answer answer) {
        simulator.clearFaults();
        simulator.fault(Fault.on(SERIES).answer(answer));
    }

    private HttpResponse<String> series(String campaign) throws Exception {
        return client.get(SERIES, "campaign_id", campaign, "length", 10);
    }

    private JsonNode json() throws Exception {
        return client.json(SERIES, "campaign_id", id, "length", 10);
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket("127.0.0.1", simulator.uri().getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(("GET " + SERIES + "?campaign_id=" + id + "&length=10 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + SimulatorOptions.DEFAULT_KEY + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean end(InputStream in) throws IOException {
        try {
            return in.readNBytes(1).length == 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}
