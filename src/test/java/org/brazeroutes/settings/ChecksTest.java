package org.brazeroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong values: one line each, which names the setting, the value and what to do. */
class ChecksTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            braze.start-date           | 2024-02-30     | use a day as YYYY-MM-DD
            braze.start-date           | 01.02.2024     | use a day as YYYY-MM-DD
            braze.start-date           | 0202-01-01     | from 2000-01-01 on
            braze.time-zone            | Berlin         | the nearest name is Europe/Berlin
            braze.time-zone            | Europe/Berln   | the nearest name is Europe/Berlin
            braze.time-zone            | america/new york | the nearest name is America/New_York
            braze.include-archived     | yes            | use true or false
            braze.app-ids              | a,,b           | separated by single commas
            braze.app-ids              | a,{{b}}        | use the API identifiers of apps
            braze.concurrency          | 0              | use a whole number from 1 to 1000
            braze.concurrency          | many           | use a whole number from 1 to 1000
            braze.rate-limit.share     | 0              | above 0 and up to 1
            braze.rate-limit.share     | 1.01           | above 0 and up to 1
            braze.rate-limit.share     | NaN            | above 0 and up to 1
            braze.rate-limit.default   | 250000         | use requests per window
            braze.rate-limit.names     | 0/1h           | use requests per window
            braze.rate-limit.names     | 10/0s          | use requests per window
            braze.rate-limit.names     | 10/1h/2        | use requests per window
            braze.rate-limit.campaign-series | 10/hour  | use requests per window
            braze.connect-timeout      | 10             | with its unit ms, s, m, h or d
            braze.request-timeout      | 0s             | a whole number above 0
            braze.request-timeout      | -5s            | a whole number above 0
            sync.period                | 999999999999999d | at most 3650d
            braze.retries              | -1             | use a whole number from 0 to 100
            sync.streams               | a,,b           | separated by single commas
            sync.streams               | all,-          | -cards leaves one out
            sync.parallel-streams      | 0              | from 1 to 100
            sync.lookback-days         | 1.5            | from 0 to 3650
            sync.cron                  | 0 3 * * *      | use a Quartz cron of six or seven fields
            stream.cards.cron          | daily          | use a Quartz cron of six or seven fields
            stream.cards.mode          | full_refresh   | full_refresh_overwrite, full_refresh_append, incremental_append, incremental_dedup
            stream.cards.enabled       | on             | use true or false
            stream.cards.lookback-days | x              | from 0 to 3650
            sink.jdbc.url              | postgres://db/x | such as jdbc:postgresql://db/x
            sink.jdbc.url              | db             | such as jdbc:postgresql://host/database
            sink.jdbc.schema           | My-Schema      | use lower-case letters, digits and _
            sink.jdbc.table-prefix     | 1x             | use lower-case letters, digits and _
            sink.jdbc.table-prefix     | abcdefghijklmnopqrstuvwxy | use at most 24 characters
            sink.jdbc.unnest           | 1              | use true or false
            sink.file.format           | xml            | use one of jsonl, csv, parquet
            sink.file.compression      | zip            | use one of none, gzip
            sink.file.roll-size        | 128            | with its unit KB, MB or GB
            sink.file.roll-size        | 0MB            | a whole number above 0
            http.port                  | 65536          | from 0 to 65535
            http.port                  | -1             | from 0 to 65535
            http.host                  | a b            | an address to listen on
            """)
    void wrongValueIsToldInOneLine(String name, String value, String advice) {
        assertThat(Given.nothing().set(name, value).problem())
                .startsWith(name + " is '" + value + "'; ").contains(advice).endsWith(" (from --set)").doesNotContain("\n");
    }

    @Test
    void anAppIdWithAControlCharacterIsRefused() {
        assertThat(Given.nothing().env("BRAZE_APP_IDS", "a\u0007b").problem()).startsWith("braze.app-ids is 'a b'; use the API identifiers of apps");
    }

    @Test
    void prefixOfTwentyFourCharactersIsRight() {
        assertThat(Given.nothing().set("sink.jdbc.table-prefix", "abcdefghijklmnopqrstuvw_").load().jdbc().tablePrefix()).hasSize(24);
    }

    @Test
    void allProblemsAreToldTogether() {
        assertThat(Given.nothing().brazeNeeded().set("braze.concurrency", "0").env("SYNC_PERIOD", "x").file("sink.foo", "y").problems())
                .hasSize(5).anyMatch(line -> line.startsWith("braze.endpoint is not set; set BRAZE_ENDPOINT"))
                .anyMatch(line -> line.startsWith("braze.api-key is not set; set BRAZE_API_KEY"))
                .anyMatch(line -> line.contains("(from SYNC_PERIOD)"));
        assertThat(Given.nothing().problems()).isEmpty();
    }

    @Test
    void valueOfManyLinesStaysOneLine() {
        assertThat(Given.nothing().env("SYNC_PERIOD", "1h\nextra\u001b[31m" + "x".repeat(500)).problem()).doesNotContain("\n", "\u001b")
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @CsvSource({"US-01, https://rest.iad-01.braze.com", "us-08, https://rest.iad-08.braze.com", "US-10, https://rest.us-10.braze.com",
            "eu-01, https://rest.fra-01.braze.eu", "EU-02, https://rest.fra-02.braze.eu", "AU-01, https://rest.au-01.braze.com",
            "ID-01, https://rest.id-01.braze.com", "Jp-01, https://rest.jp-01.braze.com", "KR-01, https://rest.kr-01.braze.com",
            "https://rest.iad-09.braze.com/, https://rest.iad-09.braze.com", "rest.iad-03.braze.com, https://rest.iad-03.braze.com",
            "http://localhost:8080, http://localhost:8080", "http://127.0.0.1:1/x/, http://127.0.0.1:1/x", "http://[::1]:80, http://[::1]:80",
            "https://proxy.example.com/braze, https://proxy.example.com/braze"})
    void endpointIsAnInstanceOrAUrl(String written, String url) {
        assertThat(Given.nothing().set("braze.endpoint", written).load().endpoint()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            US-09                                    | use the REST URL of the workspace
            ftp://rest.iad-01.braze.com              | use the REST URL of the workspace
            https://                                 | use the REST URL of the workspace
            localhost:8080                           | use the REST URL of the workspace
            http://rest.iad-01.braze.com             | use https://
            http://10.0.0.1                          | use https://
            https://127.0.0.1:99999                  | the port is a number from 1 to 65535
            https://rest.iad-01.braze.com:0          | the port is a number from 1 to 65535
            http://127.0.0.1.evil.com                | use https://
            https://sdk.iad-03.braze.com             | that is an SDK host, use the REST host https://rest.iad-03.braze.com
            sdk.fra-02.braze.eu                      | that is an SDK host, use the REST host https://rest.fra-02.braze.eu
            https://dashboard-05.braze.com/dashboard | that is the dashboard, use the REST host https://rest.iad-05.braze.com
            https://dashboard-01.braze.eu            | that is the dashboard, use the REST host https://rest.fra-01.braze.eu
            https://dashboard.us-10.braze.com        | that is the dashboard, use the REST host https://rest.us-10.braze.com
            https://rest.iad-01.braze.com?a=b        | use the host alone
            """)
    void hostThatIsNoRestHostIsRefused(String written, String advice) {
        assertThat(Given.nothing().env("BRAZE_ENDPOINT", written).problem()).contains(advice);
    }

    @Test
    void keyInPlaceOfTheEndpointIsNotPrinted() {
        assertThat(Given.nothing().env("BRAZE_ENDPOINT", "01234567-89ab-cdef-0123-456789abcdef").problem())
                .contains("looks like an API key").doesNotContain("0123");
        assertThat(Given.nothing().env("BRAZE_ENDPOINT", "https://user:hunter2@rest.iad-01.braze.com").problem()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"topsecret\"", "'topsecret'", "topsecret\"", "top secret", "topsecret\t", "top\u0000secret", "t\u00f6psecret",
            "topsecret\u200b", " topsecret"})
    void apiKeyWithWhatCopyingAddsIsRefusedAndNeverPrinted(String key) {
        assertThat(Given.nothing().env("BRAZE_API_KEY", key).problem()).startsWith("braze.api-key ").doesNotContain("secret");
    }

    @Test
    void sinkIsToldByName() {
        assertThat(Given.nothing().env("SINK", "postgres").problem()).startsWith("sink is 'postgres'; use jdbc, file or a Camel endpoint URI."
                + " For PostgreSQL: sink=jdbc and sink.jdbc.url=jdbc:postgresql://…");
        assertThat(Given.nothing().set("sink", "mysql").problem()).contains("sink.jdbc.url=jdbc:mariadb://");
        assertThat(Given.nothing().set("sink", "kafka").problem()).contains("use jdbc, file or a Camel endpoint URI such as kafka:braze");
        assertThat(Given.nothing().env("SINK", "jdbc:postgresql://u:hunter2@db/x").problem()).contains("use sink=jdbc").doesNotContain("hunter2");
        assertThat(Given.nothing().set("sink", "C:\\data").problem()).contains("Camel endpoint URI");
        assertThat(Given.nothing().set("sink", "aws2-s3:bucket").load().sink().kind()).isEqualTo(SinkSetting.Kind.ENDPOINT);
        assertThat(Given.nothing().set("sink", "file").load().sink().kind()).isEqualTo(SinkSetting.Kind.FILE);
    }

    @Test
    void stateStaysInTheSinksDatabase() {
        assertThat(Given.nothing().file("state.jdbc.url", "jdbc:h2:./other").problem()).contains("with sink=jdbc state lives in the sink's database");
        assertThat(Given.nothing().file("state.jdbc.url", "jdbc:h2:file:./data/braze").problems()).isEmpty();
        assertThat(Given.nothing().file("state.jdbc.url", "jdbc:h2:./other").set("sink", "file").problems()).isEmpty();
        assertThat(Given.nothing().file("state.jdbc.url", "jdbc:h2:./other").set("sink", "oops").problems()).hasSize(1);
    }

    @Test
    void loginIsGivenOnce() {
        assertThat(Given.nothing().env("SINK_JDBC_URL", "jdbc:postgresql://db/x?user=a&password=hunter2").env("SINK_JDBC_USERNAME", "b")
                .problem()).contains("and so does sink.jdbc.username").doesNotContain("hunter2");
    }

    @Test
    void parquetPacksItself() {
        assertThat(Given.nothing().set("sink.file.format", "parquet").set("sink.file.compression", "gzip").problem()).contains("use none");
    }

    @Test
    void secretsOnTheCommandLineAreRefusedAndNeverPrinted() {
        for (String name : List.of("braze.api-key", "sink.jdbc.password", "state.jdbc.password", "camel.component.aws2-s3.secret-key",
                "camel.ssl.keystorePassword")) {
            assertThat(Given.nothing().set(name, "hunter2").problem()).startsWith(name + " is given by --set").doesNotContain("hunter2");
        }
        for (String url : List.of("jdbc:postgresql://me:hunter2@db/x", "jdbc:postgresql://db/x?user=me&password=hunter2",
                "jdbc:h2:file:./x;USER=me;PASSWORD=hunter2", "jdbc:oracle:thin:me/hunter2@db:1521:x")) {
            assertThat(Given.nothing().set("sink.jdbc.url", url).problem())
                    .startsWith("sink.jdbc.url with credentials is given by --set").contains("SINK_JDBC_URL").doesNotContain("hunter2");
            assertThat(Given.nothing().env("SINK_JDBC_URL", url).problems()).isEmpty();
        }
        assertThat(Given.nothing().set("sink", "aws2-s3:b?accessKey=a&secretKey=RAW(hunter2)").problem()).doesNotContain("hunter2");
        assertThat(Given.nothing().set("sink.jdbc.url", "jdbc:postgresql://db:5432/x?user=me@corp.com&ssl=true").problems()).isEmpty();
        assertThat(Given.nothing().set("sink", "kafka:braze?keySerializer=x").problems()).isEmpty();
    }
}
