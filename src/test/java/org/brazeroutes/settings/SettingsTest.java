package org.brazeroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.stream.StreamOptions;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults and typed values. */
class SettingsTest {

    private static final List<String> STREAMS = List.of("campaigns", "campaigns_analytics", "cards", "events");

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        Settings settings = Given.nothing().load();
        assertThat(settings.startDate()).isEmpty();
        assertThat(settings.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(settings.includeArchived()).isTrue();
        assertThat(settings.appIds()).isEmpty();
        assertThat(settings.concurrency()).isEqualTo(16);
        assertThat(settings.rateLimitShare()).isEqualTo(0.8);
        assertThat(settings.defaultRateLimit()).isEqualTo(new RateLimit(250_000, Duration.ofHours(1)));
        assertThat(settings.namesRateLimit()).isEqualTo(new RateLimit(1_000, Duration.ofHours(1)));
        assertThat(settings.campaignSeriesRateLimit()).isEqualTo(new RateLimit(50_000, Duration.ofMinutes(1)));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.retries()).isEqualTo(8);
        assertThat(settings.parallelStreams()).isEqualTo(4);
        assertThat(settings.sink()).isEqualTo(new SinkSetting(SinkSetting.Kind.JDBC, ""));
        assertThat(settings.jdbc()).isEqualTo(new JdbcSettings(
                new JdbcLogin("jdbc:h2:file:./data/braze", Optional.empty(), Optional.empty()), Optional.empty(), "", true, false));
        assertThat(settings.file()).isEqualTo(new FileSettings(Path.of("./data/files"), FileSettings.Format.JSONL,
                FileSettings.Compression.NONE, 128L * 1024 * 1024, Duration.ofMinutes(5)));
        assertThat(settings.routesDirectory()).isEmpty();
        assertThat(settings.routesPackaged()).isFalse();
        assertThat(settings.httpPort()).isEqualTo(9876);
        assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
        assertThat(settings.fileRead()).contains("application.properties");
        assertThat(settings.stream("campaigns")).isEqualTo(new StreamOptions(true, Optional.empty(), Duration.ofHours(1),
                Optional.empty(), 30, Optional.empty()));
    }

    @Test
    void valuesAreTyped() {
        Settings settings = Given.nothing().env("BRAZE_ENDPOINT", "eu-02").env("BRAZE_API_KEY", "k-1")
                .set("braze.start-date", "2024-02-29").set("braze.time-zone", "Europe/Berlin").set("braze.app-ids", "a, b,a")
                .set("braze.rate-limit.default", "10/1s").set("braze.include-archived", "FALSE").set("http.port", "0")
                .set("sink.file.roll-size", "2 gb").set("sink.file.roll-time", "500ms").set("sink.file.format", "csv")
                .set("sink.file.compression", "gzip").set("routes.directory", "my/routes").load();
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://rest.fra-02.braze.eu"));
        assertThat(settings.apiKey().reveal()).isEqualTo("k-1");
        assertThat(settings.apiKey()).hasToString("***");
        assertThat(settings.startDate()).contains(LocalDate.of(2024, 2, 29));
        assertThat(settings.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.appIds()).containsExactly("a", "b");
        assertThat(settings.defaultRateLimit()).isEqualTo(new RateLimit(10, Duration.ofSeconds(1)));
        assertThat(settings.includeArchived()).isFalse();
        assertThat(settings.httpPort()).isZero();
        assertThat(settings.file()).isEqualTo(new FileSettings(Path.of("./data/files"), FileSettings.Format.CSV,
                FileSettings.Compression.GZIP, 2L << 30, Duration.ofMillis(500)));
        assertThat(settings.routesDirectory()).contains(Path.of("my/routes"));
    }

    @Test
    void offsetIsATimeZoneToo() {
        assertThat(Given.nothing().set("braze.time-zone", "+09:00").load().timeZone()).isEqualTo(ZoneOffset.ofHours(9));
    }

    @Test
    void valueIsTakenAsItIs() {
        Settings settings = Given.nothing().env("SINK_JDBC_PASSWORD", " {{a}} ${b} ").env("SINK_JDBC_USERNAME", "{{u}}").load();
        assertThat(settings.jdbc().login().password().orElseThrow().reveal()).isEqualTo(" {{a}} ${b} ");
        assertThat(settings.jdbc().login().username()).contains("{{u}}");
    }

    @Test
    void stateLivesBesideTheRecords() {
        Settings jdbc = Given.nothing().env("SINK_JDBC_URL", "jdbc:postgresql://db/braze").env("SINK_JDBC_USERNAME", "u").load();
        assertThat(jdbc.state()).isEqualTo(jdbc.jdbc().login());
        assertThat(Given.nothing().set("sink", "file").set("sink.file.directory", "out").load().state().url())
                .isEqualTo("jdbc:h2:file:" + Path.of("out/_state/state").toAbsolutePath());
        assertThat(Given.nothing().set("sink", "kafka:braze").load().state().url()).isEqualTo("jdbc:h2:file:./data/state");
        Settings own = Given.nothing().set("sink", "file").set("state.jdbc.url", "jdbc:postgresql://db/state")
                .env("STATE_JDBC_USERNAME", "s").env("STATE_JDBC_PASSWORD", "p").load();
        assertThat(own.state()).isEqualTo(
                new JdbcLogin("jdbc:postgresql://db/state", Optional.of("s"), Optional.of(new Secret("p"))));
    }

    @Test
    void streamOverridesTheCommonSettings() {
        Settings settings = Given.nothing().set("sync.streams", "-cards,-events").set("sync.cron", "0 0 3 * * ?")
                .set("braze.start-date", "2024-01-01").set("stream.events.enabled", "true").set("stream.campaigns.enabled", "false")
                .set("stream.events.period", "15m").env("STREAM_CAMPAIGNS_ANALYTICS_LOOKBACK_DAYS", "3")
                .set("stream.campaigns_analytics.start-date", "2023-05-06")
                .file("stream.campaigns_analytics.mode", "incremental_append").load();
        assertThat(settings.stream("cards").enabled()).isFalse();
        assertThat(settings.stream("events")).isEqualTo(new StreamOptions(true, Optional.empty(), Duration.ofMinutes(15), Optional.empty(),
                30, Optional.of(LocalDate.of(2024, 1, 1))));
        assertThat(settings.stream("campaigns").enabled()).isFalse();
        assertThat(settings.stream("campaigns_analytics")).isEqualTo(new StreamOptions(true, Optional.of(SyncMode.INCREMENTAL_APPEND),
                Duration.ofHours(1), Optional.of("0 0 3 * * ?"), 3, Optional.of(LocalDate.of(2023, 5, 6))));
    }

    @Test
    void cronReplacesThePeriodOfItsOwnSourceOrAWeakerOne() {
        assertThat(Given.nothing().file("sync.period", "1h").file("sync.cron", "0 0 3 * * ?").load().stream("cards").cron()).isPresent();
        assertThat(Given.nothing().file("sync.period", "1h").env("SYNC_CRON", "0 0 3 * * ?").load().stream("cards").cron()).isPresent();
        Settings settings = Given.nothing().set("sync.period", "5m").env("SYNC_CRON", "0 0 3 * * ?").load();
        assertThat(settings.stream("cards").cron()).isEmpty();
        assertThat(settings.stream("cards").period()).isEqualTo(Duration.ofMinutes(5));
        assertThat(Given.nothing().set("stream.cards.period", "5m").env("STREAM_CARDS_CRON", "0 0 3 * * ?").load()
                .stream("cards").cron()).isEmpty();
    }

    @Test
    void streamNamesAreCheckedOnceTheyAreKnown() {
        Given given = Given.nothing().set("sync.streams", "campagns,-card").set("stream.event.period", "1h")
                .file("stream.Campaigns.enabled", "false");
        assertThatThrownBy(() -> given.load().checkStreams(STREAMS)).isInstanceOf(SettingsException.class)
                .satisfies(stopped -> assertThat(((SettingsException) stopped).problems()).satisfiesExactly(
                        line -> assertThat(line).startsWith("sync.streams: 'campagns' is no stream; did you mean 'campaigns'?"),
                        line -> assertThat(line).startsWith("sync.streams: 'card' is no stream; did you mean 'cards'?"),
                        line -> assertThat(line).startsWith("stream.event.period: 'event' is no stream; did you mean 'events'?"),
                        line -> assertThat(line).startsWith("stream.Campaigns.enabled: 'Campaigns' is no stream; did you mean 'campaigns'?")));
    }

    @Test
    void environmentOnlyWarnsOfAStreamThatDoesNotExist() {
        Settings settings = Given.nothing().env("STREAM_CARD_ENABLED", "false").env("STREAM_EVENTS_START_DATE", "2024-01-01").load();
        assertThat(settings.checkStreams(STREAMS)).singleElement().asString()
                .startsWith("STREAM_CARD_ENABLED is ignored: 'card' is no stream; did you mean 'cards'?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENABLED | yes       | enabled is 'yes'; use true or false (from STREAM_
            CRON    | 0 3 * * * | cron is '0 3 * * *'; use a Quartz cron
            """)
    void aWrongVariableStopsTheStartIfItsStreamExistsAndElseOnlyWarns(String setting, String value, String problem) {
        assertThat(Given.nothing().env("STREAM_DATA_" + setting, value).load().checkStreams(STREAMS)).singleElement().asString()
                .startsWith("STREAM_DATA_" + setting + " is ignored: 'data' is no stream");
        Settings ours = Given.nothing().env("STREAM_EVENTS_" + setting, value).load();
        assertThatThrownBy(() -> ours.checkStreams(STREAMS)).isInstanceOf(SettingsException.class)
                .satisfies(stopped -> assertThat(((SettingsException) stopped).problems()).singleElement().asString().contains("stream.events." + problem));
        String name = "stream.data." + setting.toLowerCase(Locale.ROOT);
        assertThat(Given.nothing().file(name, value).problem()).startsWith(name).contains("application.properties");
        assertThat(Given.nothing().set(name, value).problem()).startsWith(name).contains("--set");
    }

    @Test
    void selectionNamesOrLeavesOut() {
        assertThat(STREAMS).filteredOn(StreamSelection.parse("all, -cards")::includes).containsExactly("campaigns", "campaigns_analytics", "events");
        assertThat(STREAMS).filteredOn(StreamSelection.parse("-cards")::includes).hasSize(3);
        assertThat(STREAMS).filteredOn(StreamSelection.parse("cards,events,-cards")::includes).containsExactly("events");
        assertThat(STREAMS).filteredOn(StreamSelection.parse("all")::includes).isEqualTo(STREAMS);
        assertThat(StreamSelection.parse("evnts").problems(STREAMS)).singleElement().asString().contains("'events'");
    }

    @Test
    void demoReadsNeitherFileNorEnvironment() {
        Settings settings = Settings.explicit(Map.of("braze.endpoint", "http://127.0.0.1:8080", "braze.api-key", "demo",
                "sink.jdbc.url", "jdbc:h2:file:./data/demo/braze"), Map.of("braze.concurrency", "2"), cron -> Optional.empty());
        assertThat(settings.endpoint()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(settings.concurrency()).isEqualTo(2);
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.fileRead()).isEmpty();
    }

    @Test
    void missingEndpointIsToldOnUseWhereItWasNotNeeded() {
        assertThatThrownBy(() -> Given.nothing().load().endpoint()).isInstanceOf(SettingsException.class).hasMessageContaining("BRAZE_ENDPOINT");
        assertThatThrownBy(() -> Given.nothing().load().apiKey()).isInstanceOf(SettingsException.class).hasMessageContaining("BRAZE_API_KEY");
    }
}
