package org.brazeroutes.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets whose system notices within a minute that the other side has vanished without a word, with its host or behind a firewall:
 * a statement would wait for its answer for two hours. PostgreSQL's driver makes it by its name.
 */
public final class WatchedSockets extends SocketFactory {

    /** Seconds of silence before the other side is asked, seconds between the questions, and how many may stay without an answer. */
    static final int IDLE = 20;
    static final int INTERVAL = 10;
    static final int COUNT = 3;

    private static final Map<SocketOption<Integer>, Integer> OPTIONS = Map.of(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL, ExtendedSocketOptions.TCP_KEEPCOUNT, COUNT);

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setKeepAlive(true);
        for (Map.Entry<SocketOption<Integer>, Integer> option : OPTIONS.entrySet()) {
            if (socket.supportedOptions().contains(option.getKey())) {
                socket.setOption(option.getKey(), option.getValue());
            }
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
