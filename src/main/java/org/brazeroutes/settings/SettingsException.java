package org.brazeroutes.settings;

import java.util.List;

/** Settings that stop the start: every problem found, one line each, without any secret. */
public final class SettingsException extends RuntimeException {

    private final List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public SettingsException(String problem) {
        this(List.of(problem));
    }

    /** One line each: what is wrong, where it was set, what to do. */
    public List<String> problems() {
        return problems;
    }
}
