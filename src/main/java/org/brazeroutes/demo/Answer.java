package org.brazeroutes.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.brazeroutes.demo.Reply.Delivery;

/** What a {@link Fault} answers: a status, a spoilt body or a broken connection. Immutable. */
public final class Answer {

    /** Makes a reply of a request and of the way to the regular reply. */
    private interface Maker {
        Reply reply(Request request, Function<Request, Reply> regular);
    }

    private static final String HTML = "<html><head><title>502 Bad Gateway</title></head><body></body></html>";
    private static final Map<Integer, String> MESSAGES = Map.of(400, "Bad Request", 401, "Invalid API key",
            403, "Access Denied", 404, "Invalid URL", 429, "Rate limit exceeded", 500, "Internal Server Error",
            502, "Bad Gateway", 503, "Service Unavailable", 504, "Gateway Timeout");

    private final Maker maker;

    private Answer(Maker maker) {
        this.maker = maker;
    }

    Reply reply(Request request, Function<Request, Reply> regular) {
        return maker.reply(request, regular);
    }

    /** A status with a JSON message that fits it and with the x-ratelimit headers. */
    public static Answer status(int status) {
        return of(Reply.message(status, MESSAGES.getOrDefault(status, "Error")));
    }

    public static Answer status(int status, String contentType, String body) {
        return of(Reply.text(status, contentType, body));
    }

    public static Answer empty(int status) {
        return of(Reply.text(status, Reply.JSON, ""));
    }

    public static Answer badGatewayHtml() {
        return status(502, "text/html", HTML).withoutLimitHeaders();
    }

    /** 429 with nothing remaining and the true end of the window. */
    public static Answer tooManyRequests() {
        return status(429).header("x-ratelimit-remaining", "0");
    }

    /** 429 that claims the window has ended long ago. */
    public static Answer tooManyRequestsResetInThePast() {
        return tooManyRequests().header("x-ratelimit-reset", "1600000000");
    }

    public static Answer tooManyRequestsRetryAfter(int seconds) {
        return tooManyRequests().header("retry-after", Integer.toString(seconds));
    }

    /** Half of the regular body under the Content-Length of the whole, then the end of the connection. */
    public static Answer truncated() {
        return delivered(Delivery.CUT, Duration.ZERO);
    }

    /** Half of the regular body, then a TCP reset. */
    public static Answer resetInMidBody() {
        return delivered(Delivery.RESET, Duration.ZERO);
    }

    /** Nothing, until the client or the simulator closes the connection. */
    public static Answer hang() {
        return delivered(Delivery.HANG, Duration.ZERO);
    }

    /** The regular body in ten parts with a pause after each. */
    public static Answer slowBody(Duration pause) {
        return delivered(Delivery.SLOW, pause);
    }

    /** The first half of the regular body as a complete answer. */
    public static Answer brokenJson() {
        return new Answer((request, regular) -> {
            Reply reply = regular.apply(request);
            return reply.first(reply.length() / 2);
        });
    }

    public static Answer notJson() {
        return status(200, "text/plain", "It works!");
    }

    /** 200 with any body under the content type of JSON. */
    public static Answer body(String body) {
        return of(Reply.text(200, Reply.JSON, body));
    }

    /** The regular answer with another status word. */
    public static Answer message(String message) {
        return member("message", message);
    }

    /** The regular answer with a member (added or replaced) of any JSON value. */
    public static Answer member(String name, Object value) {
        return edited(body -> body.set(name, Json.node(value)));
    }

    public static Answer withoutMember(String name) {
        return edited(body -> body.remove(name));
    }

    /** The regular answer with its arrays emptied, as of a list that is suddenly empty. */
    public static Answer emptyLists() {
        return edited(body -> body.forEach(member -> {
            if (member instanceof ArrayNode array) {
                array.removeAll();
            }
        }));
    }

    /** The regular page of a list, preceded by the last n records of the page before it. */
    public static Answer repeatingPreviousPage(int n) {
        return new Answer((request, regular) -> {
            int page = request.has("page") ? request.integer("page", 0, Integer.MAX_VALUE) : 0;
            ObjectNode before = object(regular.apply(request.with("page", Integer.toString(Math.max(0, page - 1)))));
            Reply reply = regular.apply(request);
            ObjectNode body = object(reply);
            body.properties().forEach(member -> {
                if (member.getValue() instanceof ArrayNode array) {
                    JsonNode old = before.get(member.getKey());
                    for (int i = 0; i < Math.min(n, old.size()); i++) {
                        array.insert(i, old.get(old.size() - Math.min(n, old.size()) + i));
                    }
                }
            });
            return Reply.json(reply.status(), Json.bytes(body));
        });
    }

    /** The regular answer after an action, such as archiving a campaign while its list is paged. */
    public static Answer regularAfter(Runnable action) {
        return new Answer((request, regular) -> {
            action.run();
            return regular.apply(request);
        });
    }

    /** This answer with a header added or replaced; names in lower case. */
    public Answer header(String name, String value) {
        return changed(reply -> reply.with(name, value));
    }

    public Answer withoutLimitHeaders() {
        return changed(Reply::withoutLimits);
    }

    private Answer changed(UnaryOperator<Reply> change) {
        return new Answer((request, regular) -> change.apply(maker.reply(request, regular)));
    }

    private static Answer of(Reply reply) {
        return new Answer((request, regular) -> reply);
    }

    private static Answer delivered(Delivery delivery, Duration pause) {
        return new Answer((request, regular) -> regular.apply(request).by(delivery, pause));
    }

    private static Answer edited(Consumer<ObjectNode> edit) {
        return new Answer((request, regular) -> {
            Reply reply = regular.apply(request);
            ObjectNode body = object(reply);
            edit.accept(body);
            return Reply.json(reply.status(), Json.bytes(body));
        });
    }

    private static ObjectNode object(Reply reply) {
        return Json.object(reply.body(), reply.length());
    }
}
