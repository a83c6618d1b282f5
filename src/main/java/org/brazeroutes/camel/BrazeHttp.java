package org.brazeroutes.camel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.util.ObjectHelper;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.brazeroutes.braze.BrazeException;
import org.brazeroutes.braze.Call;
import org.brazeroutes.stream.Causes;

/**
 * The HTTP step: what goes into the request and how the response is read.
 *
 * @param reached true once Braze has answered anything
 */
record BrazeHttp(BrazeOptions options, AtomicBoolean reached) {

    /** What the thread's request goes over. Closing the body of an answer reads all of it, unless its connection is thrown away before. */
    private static final ThreadLocal<ExecRuntime> CONNECTION = new ThreadLocal<>();

    /** The property that keeps the route's headers while a request is under way. */
    private static final String HEADERS = "BrazeHeaders";

    private static final Pattern LENGTH = Pattern.compile("\\d{1,9}");
    /** Bytes that are made room for where the header does not tell. */
    private static final int USUAL = 64 * 1024;
    /** Bytes that are taken of an answer at most: its records, its rows and H2's buffers need six to eight times as much together. */
    private static final int LARGEST = (int) Math.min(Runtime.getRuntime().maxMemory() / 16, 1 << 30);

    BrazeHttp(BrazeOptions options) {
        this(options, new AtomicBoolean());
    }

    /**
     * Prepares Camel's component: connections for all requests in flight, no retries of what Braze may have counted, and
     * nothing kept from one answer for the next request: the key is in every one.
     */
    void configure(CamelContext context) {
        for (String scheme : new String[] {"http", "https"}) {
            HttpComponent component = context.getComponent(scheme, HttpComponent.class);
            component.setConnectionsPerRoute(options.concurrency());
            component.setMaxTotalConnections(options.concurrency());
            component.setCookieManagementDisabled(true);
            component.setAuthCachingDisabled(true);
            HttpClientConfigurer others = component.getHttpClientConfigurer();
            component.setHttpClientConfigurer(client -> {
                client.setRetryStrategy(new Stale());
                Optional.ofNullable(others).ifPresent(other -> other.configureHttpClient(client));
                client.addExecInterceptorLast("connection", (request, scope, chain) -> {
                    CONNECTION.set(scope.execRuntime);
                    return chain.proceed(request, scope);
                });
            });
            component.setConnectTimeout(options.connectTimeout().toMillis());
            // there are as many as requests in flight, so it waits only for one that is just given back, or that a route of the user's has
            component.setConnectionRequestTimeout(2 * options.requestTimeout().toMillis());
            component.setResponseTimeout(options.requestTimeout().toMillis());
            component.setSoTimeout(options.requestTimeout().toMillis());
        }
    }

    String uri() {
        String base = options.endpoint().toString().replaceFirst("/+$", "");
        return base + "?httpMethod=GET&throwExceptionOnFailure=false&disableStreamCache=true&followRedirects=false&copyHeaders=false";
    }

    void prepare(Exchange exchange, Call call) {
        Message message = exchange.getMessage();
        exchange.setProperty(HEADERS, new HashMap<>(message.getHeaders()));
        message.removeHeaders("*");
        message.setHeader("Authorization", "Bearer " + options.apiKey());
        message.setHeader("Accept", "application/json");
        message.setHeader(HttpConstants.HTTP_PATH, call.request().stream().path());
        message.setHeader(HttpConstants.HTTP_QUERY, call.request().encodedQuery());
        message.setBody(null);
    }

    /** Gives the route its own headers back, Camel's count of redeliveries among them: Braze gets none of them, the route none of Braze's. */
    @SuppressWarnings("unchecked")
    void restore(Exchange exchange) {
        Optional.ofNullable(exchange.removeProperty(HEADERS)).ifPresent(headers -> exchange.getMessage().setHeaders((Map<String, Object>) headers));
    }

    void receive(Exchange exchange, Call call) throws IOException {
        try {
            Message message = exchange.getMessage();
            byte[] body = body(message, call);
            reached.set(true);
            int status = message.getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
            call.received(status, name -> message.getHeader(name, String.class), status == 200 ? body : withoutKey(body));
        } catch (Error e) {
            // for an Error Camel would go on with the loop
            throw new IllegalStateException("reading an answer: " + Causes.line(e), e);
        }
    }

    /** Gives the connection back before the call waits for its next try. */
    private byte[] body(Message message, Call call) throws IOException {
        try (InputStream in = Optional.ofNullable(message.getBody(InputStream.class)).orElseGet(BrazeHttp::withoutBody)) {
            message.setBody(null);
            return read(in, length(message), call, System.nanoTime() + options.requestTimeout().toNanos());
        }
    }

    /** A refusal's words go into the log and the history, and a proxy may quote the request in them. */
    private byte[] withoutKey(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).replace(options.apiKey(), "***").getBytes(StandardCharsets.UTF_8);
    }

    /** Camel hands out no body of some types, and leaves it on its connection. */
    private static InputStream withoutBody() {
        CONNECTION.get().discardEndpoint();
        return InputStream.nullInputStream();
    }

    /** How long the body will be; of a packed one the header tells nothing. */
    private static int length(Message message) {
        String said = message.getHeader("Content-Length", "", String.class);
        return LENGTH.matcher(said).matches() ? Integer.parseInt(said) : USUAL;
    }

    /** A socket's timeout counts from byte to byte; a body that drips must end too. */
    private byte[] read(InputStream in, int length, Call call, long until) throws IOException {
        byte[] body = new byte[room(length, call)];
        int size = 0;
        while (System.nanoTime() <= until) {
            if (size == body.length) {
                int further = in.read();
                if (further < 0) {
                    return body;
                }
                body = Arrays.copyOf(body, Math.max(room(size + 1, call), Math.min(size + Math.max(USUAL, size / 2), LARGEST)));
                body[size++] = (byte) further;
            }
            int count = in.read(body, size, body.length - size);
            if (count < 0) {
                return Arrays.copyOf(body, size);
            }
            size += count;
        }
        CONNECTION.get().discardEndpoint();
        throw new InterruptedIOException("the answer was not complete after " + options.requestTimeout().toSeconds() + " s");
    }

    /** So many bytes, if there may be room for them. */
    private static int room(int bytes, Call call) {
        if (bytes > LARGEST) {
            CONNECTION.get().discardEndpoint();
            throw new BrazeException(BrazeException.Reason.BROKEN, call.request() + ": the answer has more than " + (LARGEST >> 20)
                    + " MB, a sixteenth of this process's memory; give it more with -Xmx");
        }
        return bytes;
    }

    /** Tells the call what a try that brought no answer died of; a certificate that was not trusted yet will not be by the next one. */
    void failed(Exchange exchange, Call call) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String host = options.endpoint().getHost();
        boolean untrusted = failure instanceof SSLPeerUnverifiedException || ObjectHelper.getException(CertificateException.class, failure) != null;
        if (untrusted && !reached.get()) {
            throw new BrazeException(BrazeException.Reason.UNREACHABLE, "this JVM does not trust the certificate of " + host + " ("
                    + Causes.line(Causes.deepest(failure)) + "). If a proxy inspects TLS, name a store that holds its CA by"
                    + " JAVA_OPTS='-Djavax.net.ssl.trustStore=… -Djavax.net.ssl.trustStorePassword=…'");
        }
        call.failed(failure instanceof UnknownHostException ? "the host " + host + " of braze.endpoint is unknown" : Causes.line(failure));
    }
}
