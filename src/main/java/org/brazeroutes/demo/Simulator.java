package org.brazeroutes.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.brazeroutes.demo.RateLimits.Standing;
import org.brazeroutes.demo.Reply.Delivery;

/**
 * Braze's REST export API over one {@link World}, on loopback, with its rate limits and, on request, its failures.
 * Everything can be changed while it runs. Thread safe.
 */
public final class Simulator implements AutoCloseable {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);

    private final SimulatorOptions options;
    private final Clock clock;
    private final Api api;
    private final RateLimits limits;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Set<String> missingPermissions = ConcurrentHashMap.newKeySet();
    private final HttpListener listener;
    private volatile String apiKey;

    private Simulator(World world, SimulatorOptions options) throws IOException {
        this.options = options;
        Clock serverClock = options.serverClock == null ? world.clock() : options.serverClock;
        this.clock = Clock.offset(serverClock, options.clockSkew);
        this.api = new Api(world, options);
        this.limits = new RateLimits(options.limits, clock);
        this.apiKey = options.apiKey;
        this.missingPermissions.addAll(options.missingPermissions);
        this.listener = new HttpListener(options.port, this::handle);
    }

    public static Simulator start(World world) {
        return start(world, SimulatorOptions.defaults());
    }

    /** @throws UncheckedIOException if the port is taken */
    public static Simulator start(World world, SimulatorOptions options) {
        try {
            return new Simulator(world, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a trailing slash. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    public String apiKey() {
        return apiKey;
    }

    /** From now on only this key is accepted. */
    public void changeKey(String key) {
        apiKey = key;
    }

    /** Takes a permission such as {@code campaigns.details} from the key. */
    public void revoke(String permission) {
        missingPermissions.add(permission);
    }

    public void grant(String permission) {
        missingPermissions.remove(permission);
    }

    /** The first fault in order of addition that takes a request decides its answer. */
    public void fault(Fault fault) {
        faults.add(fault);
    }

    public void clearFaults() {
        faults.clear();
    }

    /** Foreign traffic: takes n requests of the running window from a bucket named in {@link RateLimit}. */
    public void consume(String bucket, int n) {
        limits.take(bucket, n);
    }

    public RequestLog log() {
        return log;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(Request request, HttpWriter writer) throws IOException, InterruptedException {
        log.started();
        boolean running = true;
        try {
            Instant now = clock.instant();
            if (!options.latency.isZero()) {
                Thread.sleep(options.latency.toMillis());
            }
            Endpoint endpoint = request.method().equals("GET") ? Endpoint.at(request.path()) : null;
            boolean authorized = ("Bearer " + apiKey).equals(request.headers().get("authorization"));
            Standing standing = limits.take(endpoint == null ? RateLimit.DEFAULT : endpoint.bucket(),
                    authorized && endpoint != null ? 1 : 0);
            Function<Request, Reply> regular = asked -> regular(endpoint, authorized, standing, asked);
            Answer fault = faults.answer(request);
            Reply reply = fault == null ? regular.apply(request) : fault.reply(request, regular);
            int status = reply.delivery() == Delivery.HANG ? 0 : reply.status();
            log.answered(new LoggedRequest(now, request.path(), request.query(), status));
            if (reply.delivery() == Delivery.WHOLE) {
                // before the last byte: the client may send its next request the moment it has it
                log.ended();
                running = false;
            }
            writer.send(reply, headers(reply, standing));
        } finally {
            if (running) {
                log.ended();
            }
        }
    }

    private Reply regular(Endpoint endpoint, boolean authorized, Standing standing, Request request) {
        if (endpoint == null) {
            return Reply.message(404, "Invalid URL");
        }
        if (!authorized) {
            return Reply.message(401, "Invalid API key");
        }
        if (endpoint.kind() == Kind.CARD && options.newsFeedStatus != 200) {
            return Reply.message(options.newsFeedStatus, options.newsFeedStatus == 404 ? "Invalid URL" : "Forbidden");
        }
        if (missingPermissions.contains(endpoint.permission())) {
            return Reply.message(403, "Access Denied");
        }
        return standing.allowed() ? api.answer(endpoint, request) : Reply.message(429, "Rate limit exceeded");
    }

    private Map<String, String> headers(Reply reply, Standing standing) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("date", HTTP_DATE.format(clock.instant()));
        if (reply.limits()) {
            headers.putAll(standing.headers());
        }
        headers.putAll(reply.headers());
        return headers;
    }
}
