package org.brazeroutes.demo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a simulator over HTTP as any client would. */
final class ApiClient {
    static final JsonMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private final String authorization;

    ApiClient(Simulator simulator) {
        this(simulator, "Bearer " + SimulatorOptions.DEFAULT_KEY);
    }

    ApiClient(Simulator simulator, String authorization) {
        this.uri = simulator.uri();
        this.authorization = authorization;
    }

    /** @param query names and values by turns */
    HttpResponse<String> get(String path, Object... query) throws IOException, InterruptedException {
        return http.send(request(path, query), BodyHandlers.ofString());
    }

    HttpRequest request(String path, Object... query) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < query.length; i += 2) {
            pairs.add(encoded(query[i]) + "=" + encoded(query[i + 1]));
        }
        String target = uri + path + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target)).timeout(Duration.ofSeconds(20));
        return authorization == null ? request.build() : request.header("Authorization", authorization).build();
    }

    int status(String path, Object... query) throws IOException, InterruptedException {
        return get(path, query).statusCode();
    }

    JsonNode json(String path, Object... query) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path, query);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + " " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    /** The days of the rows a series answered. */
    List<String> times(String path, Object... query) throws IOException, InterruptedException {
        JsonNode data = json(path, query).get("data");
        List<String> times = new ArrayList<>();
        (data.isArray() ? data : data.get("stats")).forEach(row -> times.add(row.get("time").textValue()));
        return times;
    }

    static Map<String, Object> map(JsonNode record) {
        return MAPPER.convertValue(record, MAPPER.getTypeFactory()
                .constructMapType(LinkedHashMap.class, String.class, Object.class));
    }

    private static String encoded(Object text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }
}
