package org.brazeroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Precedence, files and unknown names. */
class SourcesTest {

    @TempDir
    Path directory;

    @Test
    void commandLineBeatsEnvironmentBeatsFileBeatsDefault() {
        Given given = Given.nothing();
        assertThat(given.load().concurrency()).isEqualTo(16);
        assertThat(given.file("braze.concurrency", "1").load().concurrency()).isEqualTo(1);
        assertThat(given.env("BRAZE_CONCURRENCY", "2").load().concurrency()).isEqualTo(2);
        assertThat(given.set("braze.concurrency", "3").load().concurrency()).isEqualTo(3);
    }

    @Test
    void emptyMeansUnset() {
        assertThat(Given.nothing().set("braze.concurrency", "").env("BRAZE_CONCURRENCY", " ").file("braze.concurrency", "5").load()
                .concurrency()).isEqualTo(5);
        assertThat(Given.nothing().file("sink.jdbc.schema", "").load().jdbc().schema()).isEmpty();
    }

    @Test
    void variableNamesAFileThatHoldsTheValue() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "secret-key\r\n\n");
        assertThat(Given.nothing().env("BRAZE_API_KEY_FILE", key.toString()).env("BRAZE_API_KEY", "").load().apiKey().reveal())
                .isEqualTo("secret-key");
        Path password = Files.writeString(directory.resolve("password"), " pass word \n");
        assertThat(Given.nothing().env("SINK_JDBC_PASSWORD_FILE", password.toString()).load().jdbc().login().password())
                .contains(new Secret(" pass word "));
        Path format = Files.writeString(directory.resolve("format"), "csv\n");
        assertThat(Given.nothing().env("SINK_FILE_FORMAT_FILE", format.toString()).load().file().format())
                .isEqualTo(FileSettings.Format.CSV);
    }

    @Test
    void unreadableNamedFileIsOneLine() throws IOException {
        assertThat(Given.nothing().brazeNeeded().set("braze.endpoint", "US-01").env("BRAZE_API_KEY_FILE", directory + "/none").problem())
                .isEqualTo("BRAZE_API_KEY_FILE names '" + directory + "/none', which does not exist; name a readable file");
        assertThat(Given.nothing().env("BRAZE_API_KEY_FILE", directory.toString()).problem()).contains("cannot be read");
        Path latin = Files.write(directory.resolve("latin"), "k\u00e4y".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Given.nothing().env("BRAZE_API_KEY_FILE", latin.toString()).problem()).contains("is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678-90ab-cdef-1234-567890abcdef", "S3cret!pass/word", "/S3cretWithASlashFirst", "src/S3cret"})
    void aSecretThatIsTakenForAFilesNameIsNotShown(String secret) {
        assertThat(Given.nothing().env("SINK_JDBC_PASSWORD_FILE", secret).problem()).doesNotContain(secret)
                .isEqualTo("SINK_JDBC_PASSWORD_FILE names no readable file; it takes the path of a file that holds the secret, not the secret");
    }

    @Test
    void valueAndFileForOneSettingContradict() {
        assertThat(Given.nothing().env("BRAZE_API_KEY", "k").env("BRAZE_API_KEY_FILE", "f").problem())
                .isEqualTo("BRAZE_API_KEY and BRAZE_API_KEY_FILE are both set; leave one of them");
    }

    @Test
    void fileIsTheNamedOneElseInWorkingDirectoryElseBesideTheJar() throws IOException {
        Path jar = Files.createDirectory(directory.resolve("jar"));
        Path work = Files.createDirectory(directory.resolve("work"));
        assertThat(read(Optional.empty(), work, jar).fileName()).isEmpty();
        Files.writeString(jar.resolve("application.properties"), "sink=file");
        assertThat(read(Optional.empty(), work, jar).fileName()).startsWith(jar.toString());
        Files.writeString(work.resolve("application.properties"), "\uFEFFsink = kafka:gr\u00fcn  \ncamel.main.name=x\n");
        Sources sources = read(Optional.empty(), work, jar);
        assertThat(sources.fileName()).startsWith(work.toString());
        Settings settings = Settings.load(sources, false, cron -> Optional.empty());
        assertThat(settings.sink().uri()).isEqualTo("kafka:gr\u00fcn");
        assertThat(settings.passThrough()).containsExactly(Map.entry("camel.main.name", "x"));
        Path named = Files.writeString(directory.resolve("my.properties"), "sink=jdbc");
        assertThat(read(Optional.of(named), work, jar).file()).containsEntry("sink", "jdbc");
    }

    @Test
    void namedFileMustBeThereAndReadable() throws IOException {
        assertThatThrownBy(() -> read(Optional.of(directory.resolve("none.properties")), directory, directory))
                .isInstanceOf(SettingsException.class).hasMessageContaining("none.properties does not exist");
        Path broken = Files.writeString(directory.resolve("broken.properties"), "a=\\u12");
        assertThatThrownBy(() -> read(Optional.of(broken), directory, directory))
                .isInstanceOf(SettingsException.class).hasMessageContaining("broken \\u escape");
    }

    @Test
    void unknownNameStopsTheStartWithTheNearestRightOne() {
        assertThat(Given.nothing().set("braze.apiKey", "x").problem())
                .isEqualTo("braze.apiKey is no setting; did you mean braze.api-key? (from --set)");
        assertThat(Given.nothing().file("sink.jdbc.ulr", "x").problem())
                .isEqualTo("sink.jdbc.ulr is no setting; did you mean sink.jdbc.url? (from application.properties)");
        assertThat(Given.nothing().file("stream.cards.perod", "x").problem()).contains("did you mean stream.cards.period?");
        assertThat(Given.nothing().file("stream.mode", "x").problem()).contains("did you mean stream.<name>.mode?");
        assertThat(Given.nothing().file("http.prot", "x").problem()).contains("did you mean http.port?");
        assertThat(Given.nothing().set("snik", "file").problem()).isEqualTo("snik is no setting; did you mean sink? (from --set)");
        assertThat(Given.nothing().file("brazee.api-key", "x").problem()).contains("did you mean braze.api-key?");
        assertThat(Given.nothing().file("streams.cards.mode", "x").problem()).contains("did you mean stream.cards.mode?");
        assertThat(Given.nothing().file("state.jdbc.user", "x").problem()).contains("did you mean state.jdbc.username?");
        assertThat(Given.nothing().file("routes.dir", "x").problems()).hasSize(1);
        assertThat(Given.nothing().file("sync.stream", "x").problem()).contains("did you mean sync.streams?");
        assertThat(Given.nothing().file("SINK", "x").problem()).contains("did you mean sink?");
        assertThat(Given.nothing().file("sync_period", "15m").problem()).contains("did you mean sync.period?");
        assertThat(Given.nothing().file("httpPort", "1").problem()).contains("did you mean http.port?");
        assertThat(Given.nothing().file("{", "").file("\"braze.endpoint\"", "\"US-03\",").file("}", "").problem())
                .isEqualTo("application.properties looks like JSON; settings are lines of name=value, such as braze.endpoint=US-03");
        assertThat(Given.nothing().file("BRAZE_API_KEY", "top-secret").problem()).contains("did you mean braze.api-key?")
                .doesNotContain("top-secret");
    }

    @Test
    void unknownVariableOnlyWarns() {
        assertThat(Given.nothing().env("BRAZE_API_KY", "x").load().warnings())
                .containsExactly("BRAZE_API_KY is ignored, no setting has this name; did you mean BRAZE_API_KEY?");
        assertThat(Given.nothing().env("BRAZE_API_KY_FILE", "x").load().warnings()).singleElement().asString().contains("BRAZE_API_KEY_FILE");
        assertThat(Given.nothing().env("STREAM_CARDS_PEROD", "1h").load().warnings()).hasSize(1);
        assertThat(Given.nothing().env("HTTP_PRT", "1").load().warnings()).singleElement().asString().contains("HTTP_PORT");
    }

    @Test
    void variablesOfOthersAreLeftAlone() {
        Settings settings = Given.nothing().env("BRAZE_ROUTES_SERVICE_HOST", "10.0.0.1").env("BRAZE_ROUTES_PORT_9876_TCP", "x")
                .env("SINK_PORT", "tcp://10.0.0.1:5432").env("HTTP_PROXY", "http://proxy:3128").env("HTTP_USER_AGENT", "x")
                .env("HTTP_PORT", "tcp://10.0.0.7:80").env("PATH", "/bin").env("SYNCTHING", "x").load();
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.httpPort()).isEqualTo(9876);
    }

    private static Sources read(Optional<Path> config, Path work, Path jar) {
        return Sources.read(Map.of(), Map.of(), config, work, Optional.of(jar));
    }
}
