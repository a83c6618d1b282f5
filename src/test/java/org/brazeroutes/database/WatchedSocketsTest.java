package org.brazeroutes.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** Who vanished without a word is noticed. */
class WatchedSocketsTest {

    @Test
    void theOtherSideIsAskedAfterTwentySecondsOfSilence() throws Exception {
        try (Socket socket = new WatchedSockets().createSocket()) {
            assertThat(socket.getKeepAlive()).isTrue();
            for (Map.Entry<SocketOption<Integer>, Integer> option : Map.of(ExtendedSocketOptions.TCP_KEEPIDLE, 20,
                    ExtendedSocketOptions.TCP_KEEPINTERVAL, 10, ExtendedSocketOptions.TCP_KEEPCOUNT, 3).entrySet()) {
                if (socket.supportedOptions().contains(option.getKey())) {
                    assertThat(socket.getOption(option.getKey())).as("%s", option.getKey()).isEqualTo(option.getValue());
                }
            }
        }
    }

    @Test
    void postgresConnectionsAreMadeOfThem() {
        HikariConfig config = new HikariConfig();
        new PostgresDialect().configure(config);
        assertThat(config.getDataSourceProperties()).containsEntry("socketFactory", WatchedSockets.class.getName());
    }

    @Test
    void aSocketFactoryInTheUrlIsTakenInstead() {
        String url = "jdbc:postgresql://localhost:1/x?socketFactory=" + OfTheUser.class.getName();
        assertThatThrownBy(() -> Database.open(new DatabaseSettings(url, "", "", "", "", 1, url))).isInstanceOf(DatabaseException.class)
                .hasRootCauseMessage("a socket of the user's");
    }

    /** PostgreSQL's driver makes it by its name. */
    public static final class OfTheUser extends SocketFactory {

        @Override
        public Socket createSocket() throws IOException {
            throw new IOException("a socket of the user's");
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket();
        }
    }
}
