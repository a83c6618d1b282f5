package org.brazeroutes.settings;

import java.util.Locale;
import java.util.function.Function;

/**
 * One declared setting. A name with {@code <name>} in it stands for one setting per stream, see {@link #forStream}.
 *
 * @param defaultValue as it would be written, empty if there is none
 * @param example      a value to show where there is no default; may be empty
 * @param description  one line for the settings file and the README
 * @param secret       true if the value must never be shown nor given on the command line
 * @param parser       throws BadValue saying what to write instead
 * @param <T>          the type its text is parsed to
 */
public record Setting<T>(String name, String defaultValue, String example, String description, boolean secret, Function<String, T> parser) {

    static final String STREAM = "<name>";

    /** The setting of one stream, of a name such as {@code stream.<name>.period}. */
    Setting<T> forStream(String stream) {
        return new Setting<>(name.replace(STREAM, stream), defaultValue, example, description, secret, parser);
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

    @Override
    public String toString() {
        return name;
    }
}
