package org.brazeroutes.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.io.CloseMode;
import org.brazeroutes.stream.Stream;

/**
 * Answers from the fixture folders: {@code list.json} page by page, {@code <partition>.json}, or {@code total.json} for a
 * series without one, each cut to the days asked for.
 */
final class FixtureServer implements AutoCloseable {

    static final String KEY = "fixture-key";

    /** Decides by stream and the stream's earlier requests whether a request fails. */
    interface Failing {
        boolean fails(Stream stream, int requestsBefore);
    }

    private static final ObjectMapper JSON = FixtureRows.MAPPER;

    private final HttpServer server;
    private final Path folder;
    private final Map<String, Stream> byPath = new HashMap<>();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private volatile Failing failing = (stream, before) -> false;

    FixtureServer(Path folder, Iterable<Stream> streams) throws IOException {
        this.folder = folder;
        streams.forEach(stream -> byPath.put(stream.path(), stream));
        // without a Date header: today is the day of the set clock
        server = ServerBootstrap.bootstrap().setLocalAddress(InetAddress.getLoopbackAddress())
                .setHttpProcessor(HttpProcessorBuilder.create().add(new ResponseContent()).add(new ResponseConnControl()).build())
                .setRequestRouter((request, context) -> (asked, response, again) -> handle(asked, response)).create();
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Counts requests anew and lets those fail. */
    void fail(Failing some) {
        requests.clear();
        failing = some;
    }

    int requests(String stream) {
        return requests.getOrDefault(stream, 0);
    }

    private void handle(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
        URI uri = URI.create(request.getRequestUri());
        Stream stream = byPath.get(uri.getPath());
        if (!("Bearer " + KEY).equals(request.getFirstHeader("Authorization").getValue())) {
            send(response, 401, "{\"message\": \"Invalid API key\"}");
        } else if (stream == null) {
            send(response, 404, "{\"message\": \"no such endpoint\"}");
        } else if (failing.fails(stream, requests.merge(stream.name(), 1, Integer::sum) - 1)) {
            send(response, 500, "{\"message\": \"Internal Server Error\"}");
        } else {
            answer(response, stream, query(uri.getRawQuery()));
        }
    }

    private void answer(ClassicHttpResponse response, Stream stream, Map<String, String> query) throws IOException {
        Path file = folder.resolve(stream.name()).resolve(name(stream, query));
        if (!Files.exists(file)) {
            send(response, 400, "{\"message\": \"unknown id\"}");
            return;
        }
        ObjectNode whole = (ObjectNode) JSON.readTree(file.toFile());
        if (!stream.records().isEmpty()) {
            JsonNode holder = whole;
            for (String member : stream.records().subList(0, stream.records().size() - 1)) {
                holder = holder.get(member);
            }
            String last = stream.records().get(stream.records().size() - 1);
            ((ObjectNode) holder).set(last, chosen(stream, query, holder.get(last)));
        }
        send(response, 200, whole.toString());
    }

    private static String name(Stream stream, Map<String, String> query) {
        if (stream.kind() == Stream.Kind.LIST) {
            return "list.json";
        }
        String partition = query.get(stream.parameter());
        return (partition == null ? "total" : URLEncoder.encode(partition, StandardCharsets.UTF_8).replace("+", "%20")) + ".json";
    }

    private static ArrayNode chosen(Stream stream, Map<String, String> query, JsonNode records) {
        ArrayNode chosen = JSON.createArrayNode();
        if (stream.kind() == Stream.Kind.LIST) {
            int from = Integer.parseInt(query.get("page")) * stream.pageSize();
            for (int i = from; i < Math.min(records.size(), from + stream.pageSize()); i++) {
                chosen.add(records.get(i));
            }
            return chosen;
        }
        LocalDate last = OffsetDateTime.parse(query.get("ending_at")).toLocalDate();
        int length = Integer.parseInt(query.get("length"));
        if (length < 1 || length > stream.maxDays()) {
            throw new IllegalArgumentException("length " + length);
        }
        records.forEach(record -> {
            LocalDate day = LocalDate.parse(record.get(stream.cursor()).asText());
            if (!day.isAfter(last) && day.isAfter(last.minusDays(length))) {
                chosen.add(record);
            }
        });
        return chosen;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(ClassicHttpResponse response, int status, String body) {
        response.setCode(status);
        response.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
