package org.brazeroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The file at the top level says what is declared, no more and no less. */
class SettingsFileTest {

    private static final Path FILE = Path.of("application.properties");

    @Test
    void fileHoldsEachSettingWithItsDefaultAndItsDescription() throws IOException {
        String settings = Files.readString(FILE).replaceFirst("(?s)^.*?\\n\\n", "");
        assertThat(settings).isEqualTo(rendered());
    }

    @Test
    void fileLoadsToTheDefaults() {
        Sources sources = Sources.read(Map.of(), Map.of(), Optional.of(FILE), Path.of("."), Optional.empty());
        Settings settings = Settings.load(sources, false, cron -> Optional.empty());
        assertThat(settings.sink().kind()).isEqualTo(SinkSetting.Kind.JDBC);
        assertThat(settings.passThrough()).isEmpty();
        assertThat(sources.file()).doesNotContainKeys("braze.api-key", "sink.jdbc.password", "state.jdbc.password");
    }

    @Test
    void eachSettingIsDescribedInOneLine() {
        assertThat(Declared.all()).allSatisfy(setting -> assertThat(setting.description()).isNotBlank().doesNotContain("\n"));
        assertThat(Declared.all()).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(Declared.all()).extracting(Setting::environmentName).doesNotHaveDuplicates();
    }

    private static String rendered() {
        StringBuilder text = new StringBuilder();
        String space = "";
        for (Setting<?> setting : Declared.all()) {
            String ownSpace = setting.name().split("\\.")[0];
            text.append(space.isEmpty() || space.equals(ownSpace) ? "" : "\n");
            space = ownSpace;
            boolean unset = setting.defaultValue().isEmpty();
            text.append("# ").append(setting.description()).append('\n')
                    .append(unset ? "#" : "").append(setting.forStream("campaigns_analytics").name()).append('=')
                    .append(unset ? setting.example() : setting.defaultValue()).append('\n');
        }
        return text.toString();
    }
}
