package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.brazeroutes.settings.SettingsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a command line to the command, its settings and the exit code. */
class BrazeRoutesTest {

    @TempDir
    Path directory;

    private Recording recording;

    @BeforeEach
    void start() {
        recording = new Recording(directory).configured();
    }

    @ParameterizedTest
    @CsvSource({"'', run", "run, run", "sync, sync []", "sync cards events cards, 'sync [cards, events]'", "check, check",
            "streams, streams", "status, status", "reset cards, reset [cards]", "reset cards --yes --drop, reset [cards] yes drop",
            "reset --drop cards events, 'reset [cards, events] drop'", "demo, demo", "demo --json --debug, demo json debug",
            "--debug --json demo, demo json debug"})
    void commandAndItsOptions(String line, String done) {
        assertThat(recording.execute(line.isEmpty() ? new String[0] : line.split(" "))).isZero();
        assertThat(recording.done).isEqualTo(done);
        assertThat(recording.err()).isEmpty();
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() {
        recording.execute("--set", "braze.concurrency=2", "--set", "http.port=1", "sync", "--json", "--debug");
        assertThat(recording.call.settings().concurrency()).isEqualTo(2);
        assertThat(recording.call.settings().httpPort()).isEqualTo(1);
        assertThat(recording.call.json()).isTrue();
        assertThat(recording.call.debug()).isTrue();
        recording.execute("sync", "cards", "--set", "braze.concurrency=3", "--set=http.port=2");
        assertThat(recording.done).isEqualTo("sync [cards]");
        assertThat(recording.call.settings().concurrency()).isEqualTo(3);
        assertThat(recording.call.json()).isFalse();
        recording.execute("--set", "braze.concurrency=4", "--set", "http.port=1", "--json", "--debug", "status", "--set", "http.port=2");
        assertThat(recording.call.settings().concurrency()).isEqualTo(4);
        assertThat(recording.call.settings().httpPort()).isEqualTo(2);
        assertThat(recording.call.json()).isTrue();
        assertThat(recording.call.debug()).isTrue();
    }

    @Test
    void valueKeepsItsEqualsSignsAndQuotes() {
        recording.execute("--set", "camel.main.name=\"a=b\"", "sync");
        assertThat(recording.call.settings().passThrough()).containsEntry("camel.main.name", "\"a=b\"");
    }

    @Test
    void settingsFileIsNamedOrFound() throws IOException {
        Files.writeString(directory.resolve("application.properties"), "braze.concurrency=5");
        recording.execute("sync");
        assertThat(recording.call.settings().concurrency()).isEqualTo(5);
        Path other = Files.writeString(directory.resolve("other.properties"), "braze.concurrency=6");
        recording.execute("--config", other.toString(), "sync");
        assertThat(recording.call.settings().concurrency()).isEqualTo(6);
        recording.execute("sync", "--config", other.toString());
        assertThat(recording.call.settings().concurrency()).isEqualTo(6);
        assertThat(recording.execute("sync", "--config", directory + "/none")).isEqualTo(2);
        assertThat(recording.err()).contains("none does not exist");
    }

    @Test
    void exitCodeIsTheCommandsOwn() {
        recording.answer = 143;
        assertThat(recording.execute("sync")).isEqualTo(143);
        assertThat(recording.execute()).isEqualTo(143);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            snyc                  | 'snyc' is no command, did you mean 'sync'?                        | braze-routes
            --jsn                 | '--jsn' is no option of braze-routes, did you mean '--json'?      | braze-routes
            sync --jsn            | '--jsn' is no option of braze-routes sync, did you mean '--json'? | braze-routes sync
            --braze.api-key=k123  | '--braze.api-key' is no option of braze-routes                    | braze-routes
            status cards          | 'cards' is one word too many                                      | braze-routes status
            reset                 | reset needs the name of a stream, or several                      | braze-routes reset
            --set k123 sync       | --set takes KEY=VALUE, such as --set sync.period=15m              | braze-routes sync
            sync --set =k123      | --set takes KEY=VALUE, such as --set sync.period=15m              | braze-routes sync
            run --json            | '--json' is no option of braze-routes run                         | braze-routes run
            --json run            | --json is for sync, check, streams, status and demo               | braze-routes run
            --json                | --json is for sync, check, streams, status and demo               | braze-routes
            --json reset cards    | --json is for sync, check, streams, status and demo               | braze-routes reset
            sync --yes            | '--yes' is no option of braze-routes sync                         | braze-routes sync
            demo --config x       | demo reads no settings file; leave --config out                   | braze-routes demo
            --set sink=file demo  | demo sets sink itself; leave it out, or use sync                  | braze-routes demo
            demo --set sink.jdbc.url=x | demo sets sink.jdbc.url itself; leave it out, or use sync    | braze-routes demo
            """)
    void wrongUsageIsOneLineAndAHint(String line, String told, String command) {
        assertThat(recording.execute(line.split(" "))).isEqualTo(2);
        assertThat(recording.err()).isEqualToNormalizingNewlines(told + "\nTry: " + command + " --help\n").doesNotContain("k123");
        assertThat(recording.asked).isFalse();
    }

    @Test
    void optionWithoutItsValueIsWrongUsage() {
        assertThat(recording.execute("sync", "--config")).isEqualTo(2);
        assertThat(recording.err()).contains("--config").contains("Try: braze-routes sync --help").doesNotContain("\tat ");
    }

    @Test
    void wrongSettingsAreTheirLinesAlone() {
        recording.environment.clear();
        assertThat(recording.execute("sync", "--set", "braze.concurrency=0", "--set", "sync.cron=0 3 * * *")).isEqualTo(2);
        assertThat(recording.err().lines()).hasSize(4).anyMatch(line -> line.startsWith("braze.endpoint is not set"))
                .anyMatch(line -> line.startsWith("sync.cron is '0 3 * * *'; use a Quartz cron of six or seven fields"));
        assertThat(recording.asked).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sync", "demo", "reset cards --yes"})
    void nothingIsDoneInAFolderThatTheLocaleCannotName(String line) {
        // Java takes it for another one, which is not there
        Recording unnamed = new Recording(directory.resolve("another")).configured();
        assertThat(unnamed.execute(line.split(" "))).isEqualTo(2);
        assertThat(unnamed.err()).contains("another, where", "set LC_ALL=C.UTF-8").hasLineCount(1);
        assertThat(unnamed.done).isEqualTo("nothing");
    }

    @Test
    void aFileThatTheLocaleCannotNameIsOneLine() {
        recording.broken = new IllegalStateException("Camel has not started",
                new InvalidPathException("gr\u00fcn", "Malformed input or input contains unmappable characters"));
        assertThat(recording.execute("sync")).isEqualTo(2);
        assertThat(recording.err()).contains("locale cannot name").endsWith("set LC_ALL=C.UTF-8" + System.lineSeparator()).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"streams", "status", "reset cards"})
    void commandsThatSendNothingNeedNoKey(String line) {
        recording.environment.clear();
        assertThat(recording.execute(line.split(" "))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sync", "check"})
    void commandsThatSendRequestsNeedTheKey(String line) {
        recording.environment.remove("BRAZE_API_KEY");
        assertThat(recording.execute(line)).isEqualTo(2);
        assertThat(recording.err()).startsWith("braze.api-key is not set; set BRAZE_API_KEY");
    }

    @Test
    void secretOnTheCommandLineIsRefused() {
        assertThat(recording.execute("sync", "--set", "braze.api-key=k123")).isEqualTo(2);
        assertThat(recording.err()).contains("is given by --set, where others can see it").doesNotContain("k123");
    }

    @Test
    void misspeltVariableWarns() {
        recording.environment.put("BRAZE_ENDPIONT", "x");
        assertThat(recording.execute("sync")).isZero();
        assertThat(recording.err()).startsWith("warning: BRAZE_ENDPIONT is ignored");
    }

    @Test
    void demoReadsNoSettingsOfYours() throws IOException {
        Files.writeString(directory.resolve("application.properties"), "nonsense in = sink\nsink=postgres");
        recording.environment.put("SINK", "postgres");
        assertThat(recording.execute("demo", "--set", "braze.concurrency=4")).isZero();
        assertThat(recording.demoSet).isEqualTo(Map.of("braze.concurrency", "4"));
    }

    @Test
    void errorOfACommandIsOneLineWithItsCause() {
        recording.broken = new IllegalStateException("cannot open jdbc:postgresql://me:hunter2@db/x", new IOException("refused\nby host"));
        assertThat(recording.execute("sync")).isEqualTo(1);
        assertThat(recording.err()).isEqualToNormalizingNewlines("cannot open jdbc:postgresql://***@db/x: refused by host\n");
    }

    @Test
    void stackTraceIsForDebugOnly() {
        recording.broken = new IllegalStateException("cannot open jdbc:postgresql://me:hunter2@db/x");
        assertThat(recording.execute("--debug", "sync")).isEqualTo(1);
        assertThat(recording.err()).contains("\tat org.brazeroutes").doesNotContain("hunter2");
    }

    @Test
    void settingsErrorOfACommandEndsWithTwo() {
        recording.broken = new SettingsException("campaigns: mode incremental_append is not among those it has");
        assertThat(recording.execute("sync")).isEqualTo(2);
        assertThat(recording.err()).startsWith("campaigns: mode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "sync --help", "-h", "reset --help"})
    void helpGoesToStandardOutput(String line) {
        recording.environment.clear();
        assertThat(recording.execute(line.split(" "))).isZero();
        assertThat(recording.out()).contains("Usage: braze-routes").contains("--config=FILE", "--set=KEY=VALUE", "--debug", "--help", "--version");
        assertThat(recording.asked).isFalse();
    }

    @Test
    void helpNamesEveryCommand() {
        recording.execute("--help");
        assertThat(recording.out()).contains("  run ", "  sync ", "  check ", "  streams ", "  status ", "  reset ", "  demo ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "sync --version"})
    void versionIsOneLine(String line) {
        assertThat(recording.execute(line.split(" "))).isZero();
        assertThat(recording.out().lines()).singleElement().asString().startsWith("braze-routes ");
    }
}
