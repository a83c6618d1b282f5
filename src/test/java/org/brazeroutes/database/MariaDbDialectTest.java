package org.brazeroutes.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MariaDbDialectTest {

    @Test
    void aPasswordThatMySqlDoesNotTakeOverAPlainConnectionIsOneLineThatNamesTheOptions() {
        String url = "jdbc:mariadb://host/database";
        RuntimeException failure = Database.failure(new DatabaseSettings(url, "user", "hunter", "", "", 5, url),
                new SQLException("RSA public key is not available client side (option serverRsaPublicKeyFile not set)"), new MariaDbDialect());
        assertThat(failure).hasMessage("cannot open " + url + ": RSA public key is not available client side (option serverRsaPublicKeyFile "
                + "not set). Add sslMode=verify-full, or in a network of your own allowPublicKeyRetrieval=true, to sink.jdbc.url");
    }
}
