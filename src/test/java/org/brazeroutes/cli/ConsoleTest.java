package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void jsonKeepsTheOrderOfItsKeys() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stream", "cards");
        result.put("mode", SyncMode.INCREMENTAL_DEDUP);
        result.put("records", 12L);
        result.put("cursor_min", LocalDate.of(2024, 1, 2));
        result.put("error", null);
        result.put("keys", List.of("id", Duration.ofSeconds(1)));
        result.put("name", "a\"\n\u00fc\u001b\u009b\u202e");
        console("").json(result);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("{\"stream\":\"cards\",\"mode\":\"incremental_dedup\","
                + "\"records\":12,\"cursor_min\":\"2024-01-02\",\"error\":null,\"keys\":[\"id\",\"PT1S\"],"
                + "\"name\":\"a\\\"\\n\u00fc\\u001B\\u009B\\u202E\"}\n");
    }

    @Test
    void tableIsAligned() {
        console("").table(List.of("stream", "rows", "error"), List.of(
                Arrays.asList("campaigns_analytics", 1234, null), Arrays.asList("\u00e9v\u00e9nements", 5, "a\nb"), Arrays.asList("cards", null, "")));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                stream               rows  error
                campaigns_analytics  1234
                événements              5  a b
                cards
                """);
        assertThat(Table.lines(List.of("a"), List.of())).containsExactly("a");
    }

    @Test
    void nameFromBrazeCannotSteerTheTerminal() {
        console("").error("a\u001b[2Jb\nc\u009b1m\u202e");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("a\uFFFD[2Jb c\uFFFD1m\uFFFD\n");
    }

    @ParameterizedTest
    @CsvSource({"y, true", "YES, true", "'', false", "n, false", "maybe, false"})
    void onlyAYesIsAYes(String answer, boolean yes) {
        assertThat(console(answer + "\n").ask("Forget all?")).isEqualTo(yes);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Forget all? [y/N] ");
    }

    @Test
    void endOfInputIsANo() {
        assertThat(console("").ask("Forget all?")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/dev/pts/3, true", "/dev/tty1, true", "/dev/console, true", "/dev/null, false", "pipe:[123], false", "/tmp/x, false"})
    void terminalIsADeviceOfItsOwn(String device, boolean terminal) {
        assertThat(Terminal.isTerminal(device)).isEqualTo(terminal);
    }

    private Console console(String in) {
        return Recording.console(out, err, in);
    }
}
