package org.brazeroutes.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as a test gives them: {@code set("sink", "file").env("BRAZE_API_KEY", "k").load()}. */
final class Given {

    private final Map<String, String> set = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> file = new HashMap<>();
    private boolean brazeNeeded;

    static Given nothing() {
        return new Given();
    }

    Given set(String name, String value) {
        set.put(name, value);
        return this;
    }

    Given env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given file(String name, String value) {
        file.put(name, value);
        return this;
    }

    Given brazeNeeded() {
        brazeNeeded = true;
        return this;
    }

    Settings load() {
        CronCheck cronCheck = cron -> cron.split(" ").length >= 6 ? Optional.empty() : Optional.of("too few fields");
        return Settings.load(new Sources(set, environment, file, "application.properties"), brazeNeeded, cronCheck);
    }

    /** The lines that stop the start. */
    List<String> problems() {
        SettingsException stopped = catchThrowableOfType(SettingsException.class, this::load);
        return stopped == null ? List.of() : stopped.problems();
    }

    /** The only line that stops the start. */
    String problem() {
        List<String> problems = problems();
        if (problems.size() != 1) {
            throw new AssertionError("not one problem: " + problems);
        }
        return problems.get(0);
    }
}
