package org.brazeroutes.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulatorMainTest {
    @Test
    void optionsAreRead() {
        CommandLine command = SimulatorMain.commandLine();
        command.parseArgs("--port", "0", "--limit", "campaign-series=6000/1m", "--limit", "default=600/1h", "--latency", "200ms",
                "--ending-at", "half-open", "--time-zone", "Europe/Berlin");
        Map<String, RateLimit> limits = value(command, "--limit");
        assertThat(limits).isEqualTo(Map.of("campaign-series", new RateLimit(6000, Duration.ofMinutes(1)),
                "default", new RateLimit(600, Duration.ofHours(1))));
        assertThat(SimulatorMainTest.<Duration>value(command, "--latency")).isEqualTo(Duration.ofMillis(200));
        assertThat(SimulatorMainTest.<EndingAt>value(command, "--ending-at")).isEqualTo(EndingAt.HALF_OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit=default=600", "--limit=default=600/10ms", "--limit=unknown=600/1m", "--latency=fast",
        "--ending-at=never", "--time-zone=Nowhere", "--campaigns=many"})
    void wrongOptionsStopTheStart(String option) {
        StringWriter err = new StringWriter();
        int status = SimulatorMain.commandLine().setErr(new PrintWriter(err)).execute("--port=0", option);
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void theHelpSaysWhatHoldsWithoutAnOption() {
        StringWriter out = new StringWriter();
        SimulatorMain.commandLine().setOut(new PrintWriter(out)).execute("--help");
        assertThat(out.toString()).containsPattern("--campaigns=<campaigns>\\s+Default: 40").containsPattern("--canvases=<canvases>\\s+Default: 6")
                .containsPattern("--segments=<segments>\\s+Default: 8").containsPattern("--events=<events>\\s+Default: 30")
                .containsPattern("--cards=<cards>\\s+Default: 5").containsPattern("--seed=<seed>\\s.*\\s+Default: 1");
    }

    @Test
    void bucketsAreCalledAsInTheSettings() {
        assertThat(SimulatorOptions.defaults().limits).containsOnlyKeys("default", "names", "campaign-series");
    }

    private static <T> T value(CommandLine command, String option) {
        return command.getCommandSpec().findOption(option).getValue();
    }
}
