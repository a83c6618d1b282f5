package org.brazeroutes.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MariaDbDialectTest {

    @Test
    void aPasswordThatMySqlDoesNotTakeOverAPlainConnectionIsOneLineThatNamesTheOptions() {
        String url = "jdbc:mariadb://host/database";
        RuntimeException failure = new FailureText(new DatabaseSettings(url, "user", "hunter", "", "", 5, url), new MariaDbDialect())
                .opening(new SQLException("RSA public key is not available client side (option serverRsaPublicKeyFile not set)"));
        assertThat(failure).hasMessage("cannot open " + url + ": RSA public key is not available client side (option serverRsaPublicKeyFile "
                + "not set). Add sslMode=verify-full, or in a network of your own allowPublicKeyRetrieval=true, to sink.jdbc.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mariadb://host/x?useAffectedRows=true", "jdbc:mysql://host/x?a=b&useaffectedrows=1"})
    void aDriverThatDoesNotCountTheRowsThatStayAsTheyAreIsRefused(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        assertThatThrownBy(() -> Dialect.of(url).configure(config)).isInstanceOf(UnusableUrlException.class).hasMessageContaining("take useAffectedRows out");
    }
}
