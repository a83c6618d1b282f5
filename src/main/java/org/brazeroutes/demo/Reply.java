package org.brazeroutes.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param headers to send in addition to, or in place of, the usual ones
 * @param limits  whether the x-ratelimit headers are sent
 * @param body    of which the first {@code length} bytes count
 * @param pause   between the parts of a slow body
 */
record Reply(int status, Map<String, String> headers, boolean limits, byte[] body, int length, Delivery delivery,
        Duration pause) {

    enum Delivery {
        WHOLE,
        /** Half of the announced body, then an orderly end of the connection. */
        CUT,
        /** Half of the announced body, then a TCP reset. */
        RESET,
        /** Nothing, until the other side or the simulator closes. */
        HANG,
        /** The body in ten parts. */
        SLOW
    }

    static final String JSON = "application/json; charset=utf-8";

    static Reply json(int status, byte[] body, int length) {
        return new Reply(status, Map.of("content-type", JSON), true, body, length, Delivery.WHOLE, Duration.ZERO);
    }

    static Reply json(int status, byte[] body) {
        return json(status, body, body.length);
    }

    static Reply message(int status, String message) {
        return json(status, Json.bytes(Map.of("message", message)));
    }

    static Reply text(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Reply(status, Map.of("content-type", contentType), true, bytes, bytes.length, Delivery.WHOLE, Duration.ZERO);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, limits, body, length, delivery, pause);
    }

    Reply withoutLimits() {
        return new Reply(status, headers, false, body, length, delivery, pause);
    }

    Reply first(int bytes) {
        return new Reply(status, headers, limits, body, Math.min(bytes, length), delivery, pause);
    }

    Reply by(Delivery other, Duration between) {
        return new Reply(status, headers, limits, body, length, other, between);
    }
}
