package org.brazeroutes.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where settings come from, strongest first: {@code --set}, environment, file. Empty means unset in each of them.
 *
 * @param set         what {@code --set} gave
 * @param environment the process environment
 * @param file        what the settings file holds
 * @param fileName    its name for messages, empty if there is none
 */
public record Sources(Map<String, String> set, Map<String, String> environment, Map<String, String> file, String fileName) {

    static final String COMMAND_LINE = "--set";
    static final String PROGRAM = "the program";
    private static final String FILE_NAME = "application.properties";
    private static final String FROM_FILE = "_FILE";

    /** A text and who gave it; a larger rank wins. */
    record Value(String text, String origin, int rank) {

        boolean fromCommandLine() {
            return rank == 3;
        }
    }

    /**
     * Reads the settings file: the named one, else application.properties in the working directory, else beside the jar.
     *
     * @throws SettingsException if the named file does not exist, or a file cannot be read
     */
    public static Sources read(Map<String, String> set, Map<String, String> environment, Optional<Path> config,
                               Path workingDirectory, Optional<Path> jarDirectory) {
        Optional<Path> file = config.or(() -> Stream.concat(Stream.of(workingDirectory), jarDirectory.stream())
                .map(directory -> directory.resolve(FILE_NAME)).filter(Files::isRegularFile).findFirst());
        return new Sources(set, environment, file.map(Sources::properties).orElse(Map.of()),
                file.map(Path::toString).orElse(""));
    }

    /** Values given by the program itself, below {@code --set}: no environment and no file. */
    public static Sources explicit(Map<String, String> values, Map<String, String> set) {
        return new Sources(set, Map.of(), values, PROGRAM);
    }

    /** @throws SettingsException if an environment variable names a file that cannot be read */
    Optional<Value> find(Setting<?> setting) {
        String variable = setting.environmentName();
        return value(setting, set.get(setting.name()), COMMAND_LINE, 3)
                .or(() -> value(setting, environmentValue(variable), variable, 2))
                .or(() -> fromNamedFile(setting, variable + FROM_FILE))
                .or(() -> value(setting, file.get(setting.name()), fileName, 1));
    }

    private static Optional<Value> value(Setting<?> setting, String text, String origin, int rank) {
        return Optional.ofNullable(text).map(setting::clean).filter(cleaned -> !cleaned.isEmpty())
                .map(cleaned -> new Value(cleaned, origin, rank));
    }

    private String environmentValue(String variable) {
        String text = environment.getOrDefault(variable, "");
        String other = environment.getOrDefault(variable + FROM_FILE, "");
        if (!text.isEmpty() && !other.isEmpty()) {
            throw new SettingsException(variable + " and " + variable + FROM_FILE + " are both set; leave one of them");
        }
        return Environment.injectedByKubernetes(text) ? null : text;
    }

    private Optional<Value> fromNamedFile(Setting<?> setting, String variable) {
        String named = environment.getOrDefault(variable, "");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(Path.of(named)).replaceFirst("[\\r\\n]+$", "");
            return value(setting, text, variable, 2);
        } catch (IOException | InvalidPathException unreadable) {
            throw new SettingsException(setting.secret() && !looksLikeAPath(named)
                    ? variable + " names no readable file; it takes the path of a file that holds the secret, not the secret"
                    : variable + " names '" + BadValue.shown(named) + "', which " + reason(unreadable) + "; name a readable file");
        }
    }

    /** Whether a text is the path of something that is there, or would lie in a folder that is. */
    private static boolean looksLikeAPath(String text) {
        try {
            Path path = Path.of(text);
            Path folder = path.getParent();
            return Files.exists(path) || path.isAbsolute() && folder.getNameCount() > 0 && Files.isDirectory(folder);
        } catch (InvalidPathException none) {
            return false;
        }
    }

    private static Map<String, String> properties(Path path) {
        Properties properties = new Properties();
        try {
            // some editors begin a UTF-8 file with a byte order mark, which is no part of the first name
            properties.load(new StringReader(Files.readString(path).replaceFirst("^\uFEFF", "")));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SettingsException("settings file " + path + " " + reason(unreadable)
                    + "; name a readable file by --config, or none");
        }
        Map<String, String> values = new TreeMap<>();
        properties.forEach((name, value) -> values.put((String) name, (String) value));
        return values;
    }

    private static String reason(Exception unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (unreadable instanceof CharacterCodingException) {
            return "is not UTF-8 text";
        }
        return unreadable instanceof IllegalArgumentException ? "holds a broken \\u escape or path" : "cannot be read";
    }

    /** Names only: the values may be secret. */
    @Override
    public String toString() {
        return "Sources" + set.keySet() + file.keySet();
    }

    /** What is not ours: settings of Camel and others, from {@code --set} and file. */
    Map<String, String> passThrough() {
        Map<String, String> others = new LinkedHashMap<>(file);
        others.putAll(set);
        others.keySet().removeIf(Names::ours);
        return others;
    }
}
