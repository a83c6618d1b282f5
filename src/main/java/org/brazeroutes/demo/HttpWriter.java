package org.brazeroutes.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends answers over one connection, also in the ways in which connections fail. */
final class HttpWriter {
    private static final Map<Integer, String> REASONS = Map.of(200, "OK", 400, "Bad Request", 401, "Unauthorized",
            403, "Forbidden", 404, "Not Found", 429, "Too Many Requests", 500, "Internal Server Error",
            502, "Bad Gateway", 503, "Service Unavailable", 504, "Gateway Timeout");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean open = true;

    HttpWriter(Socket socket, InputStream in) throws IOException {
        this.socket = socket;
        this.in = in;
        this.out = socket.getOutputStream();
    }

    boolean isOpen() {
        return open;
    }

    void send(Reply reply, Map<String, String> headers) throws IOException, InterruptedException {
        byte[] head = head(reply, headers);
        switch (reply.delivery()) {
            case WHOLE -> {
                out.write(head);
                out.write(reply.body(), 0, reply.length());
            }
            case CUT, RESET -> {
                out.write(head);
                out.write(reply.body(), 0, reply.length() / 2);
                // with lingering at zero, closing sends RST in place of FIN
                socket.setSoLinger(reply.delivery() == Reply.Delivery.RESET, 0);
                close();
            }
            case HANG -> {
                while (in.read() >= 0) {
                    continue;
                }
                close();
            }
            case SLOW -> {
                out.write(head);
                for (int part = 0; part < 10; part++) {
                    int from = (int) ((long) reply.length() * part / 10);
                    int to = (int) ((long) reply.length() * (part + 1) / 10);
                    out.write(reply.body(), from, to - from);
                    Thread.sleep(reply.pause().toMillis());
                }
            }
        }
    }

    private void close() throws IOException {
        open = false;
        socket.close();
    }

    private static byte[] head(Reply reply, Map<String, String> headers) {
        StringBuilder head = new StringBuilder(256).append("HTTP/1.1 ").append(reply.status()).append(' ')
                .append(REASONS.getOrDefault(reply.status(), "Status")).append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("content-length: ").append(reply.length()).append("\r\n\r\n").toString()
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
