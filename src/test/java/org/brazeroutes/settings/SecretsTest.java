package org.brazeroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db:5432/x                          | jdbc:postgresql://db:5432/x
            jdbc:postgresql://me:hunter2@db:5432/x               | jdbc:postgresql://***@db:5432/x
            jdbc:postgresql://me:hun@ter/2?@db/x                 | jdbc:postgresql://***@db/x
            jdbc:postgresql://db/x?user=me&password=hunter2&a=b  | jdbc:postgresql://db/x?user=***&password=***&a=b
            jdbc:postgresql://db/x?password=hunt;er2             | jdbc:postgresql://db/x?password=***
            jdbc:postgresql://db/x?sslpassword=hunter2           | jdbc:postgresql://db/x?sslpassword=***
            jdbc:h2:file:./x;USER=sa;PASSWORD=hunter2;MODE=X     | jdbc:h2:file:./x;USER=***;PASSWORD=***;MODE=X
            jdbc:sqlserver://db;user=me;password={hun;ter2};a=b  | jdbc:sqlserver://db;user=***;password=***;a=b
            jdbc:mariadb://address=(host=db)(user=me)(password=hunter2)/x | jdbc:mariadb://address=(host=db)(user=***)(password=***)/x
            jdbc:oracle:thin:me/hunter2@db:1521:x                | jdbc:oracle:thin:***@db:1521:x
            jdbc:oracle:thin:@//db:1521/x                        | jdbc:oracle:thin:@//db:1521/x
            ftp:me:p@ss@host:21/in?passiveMode=true | ftp:***@host:21/in?passiveMode=true
            ftp:me@host/in?password=x | ftp:me@host/in?password=***
            jdbc:h2:file:./a:b@c | jdbc:h2:file:./a:b@c
            aws2-s3:b?accessKey=AK&secretKey=RAW(hun&ter2)&region=x | aws2-s3:b?accessKey=***&secretKey=***&region=x
            kafka:braze?saslJaasConfig=x hunter2&brokers=a:1     | kafka:braze?saslJaasConfig=***&brokers=a:1
            kafka:braze?keySerializer=x                          | kafka:braze?keySerializer=x
            """)
    void credentialsInsideUrlsAreMasked(String url, String masked) {
        assertThat(Secrets.mask(url)).isEqualTo(masked);
    }

    @Test
    void textIsMaskedUrlByUrl() {
        assertThat(Secrets.maskText("Cannot open jdbc:postgresql://me:hunter2@db/x. Ask $me@home\nat //a"))
                .isEqualTo("Cannot open jdbc:postgresql://***@db/x. Ask $me@home\nat //a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://me:hunter2@db/x?password=hunter2", "jdbc:h2:./x;PASSWORD=hunter2"})
    void nothingOfSettingsPrintsASecret(String url) {
        Settings settings = Given.nothing().env("SINK_JDBC_URL", url).env("SINK_JDBC_PASSWORD", "hunter2")
                .env("BRAZE_API_KEY", "hunter2").load();
        assertThat(settings.toString() + settings.jdbc() + settings.state() + settings.apiKey() + settings.jdbc().login().password()
                + new SinkSetting(SinkSetting.Kind.ENDPOINT, "x:y?password=hunter2") + settings.warnings()).doesNotContain("hunter2");
    }
}
