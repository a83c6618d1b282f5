package org.brazeroutes.settings;

import java.util.Locale;
import java.util.function.Function;

/**
 * One declared setting. A name with {@code <name>} in it stands for one setting per stream, see {@link #forStream}.
 *
 * @param <T> the type its text is parsed to
 */
public final class Setting<T> {

    static final String STREAM = "<name>";

    private final String name;
    private final String defaultValue;
    private final String example;
    private final String description;
    private final boolean secret;
    private final Function<String, T> parser;

    private Setting(String name, String defaultValue, String example, String description, boolean secret, Function<String, T> parser) {
        this.name = name;
        this.defaultValue = defaultValue;
        this.example = example;
        this.description = description;
        this.secret = secret;
        this.parser = parser;
    }

    static <T> Setting<T> of(String name, String defaultValue, String description, Function<String, T> parser) {
        return new Setting<>(name, defaultValue, "", description, false, parser);
    }

    Setting<T> example(String text) {
        return new Setting<>(name, defaultValue, text, description, secret, parser);
    }

    Setting<T> asSecret() {
        return new Setting<>(name, defaultValue, example, description, true, parser);
    }

    /** The setting of one stream, of a name such as {@code stream.<name>.period}. */
    Setting<T> forStream(String stream) {
        return new Setting<>(name.replace(STREAM, stream), defaultValue, example, description, secret, parser);
    }

    public String name() {
        return name;
    }

    /** The default as it would be written, empty if there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** A value to show where there is no default; may be empty. */
    public String example() {
        return example;
    }

    /** One line for the settings file and the README. */
    public String description() {
        return description;
    }

    /** Whether the value must never be shown nor given on the command line. */
    public boolean secret() {
        return secret;
    }

    /** Whether it stands for one setting per stream. */
    public boolean perStream() {
        return name.contains(STREAM);
    }

    /** The environment variable that sets it, such as {@code BRAZE_API_KEY}. */
    public String environmentName() {
        return environmentName(name);
    }

    static String environmentName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Spaces around a value are no part of it, except in a secret, which is taken as it is. */
    String clean(String text) {
        return secret ? text : text.strip();
    }

    /** @throws BadValue saying what to write instead */
    T parse(String text) {
        return parser.apply(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
