package org.brazeroutes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files in {@code deploy/} say of settings, port, paths and folders is what the product and its image have. */
class DeployTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final String CONTAINERFILE = read(DEPLOY.resolve("Containerfile"));

    /** {@code NAME: value}, {@code NAME=value} and {@code { name: NAME, value: value }}, but not those of PostgreSQL. */
    private static final Pattern VARIABLE = Pattern.compile("\\b(?!POSTGRES_)([A-Z]+(?:_[A-Z]+)+)(?::|=|, value:) ?\"?([^\"\\s}]+)");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^ +([a-z]+(?:[.-][a-z]+)+)=(\\S+)$");
    private static final Pattern PORT = Pattern.compile("(?:[:;]|[pP]ort: )(\\d{4})\\b");
    private static final Pattern HTTP_PATH = Pattern.compile("(?:/[a-z]+)*/(?:health/[a-z]+|metrics)\\b");
    private static final Pattern OWN_FOLDER = Pattern.compile("/data\\b[\\w./]*");
    private static final Pattern PROGRAM = Pattern.compile("/opt/[\\w./-]+");

    static List<Path> files() throws IOException {
        try (var files = Files.walk(DEPLOY)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void settingsAreDeclaredAndRightAndSecretsAreFiles(Path file) {
        Map<String, String> variables = pairs(VARIABLE, read(file));
        assertThat(variables).containsKeys(inFile(Declared.API_KEY), inFile(Declared.JDBC_PASSWORD));
        assertThat(Environment.warnings(variables.keySet())).isEmpty();
        Collection<String> declared = Declared.all().stream().map(Setting::environmentName).toList();

        Given given = Given.nothing().brazeNeeded();
        variables.forEach((name, value) -> {
            String variable = name.replaceFirst("_FILE$", "");
            assertThat(declared).contains(variable);
            given.env(variable, value);
        });
        pairs(PROPERTY, read(file)).forEach(given::file);
        assertThat(given.problems()).isEmpty();
        assertThat(given.load().passThrough()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void portPathsAndFoldersAreThoseOfProductAndImage(Path file) {
        String text = read(file);
        assertThat(found(PORT, text)).allMatch(port -> port.endsWith(Declared.HTTP_PORT.defaultValue()));
        assertThat(found(HTTP_PATH, Declared.HTTP_PORT.description())).containsAll(found(HTTP_PATH, text));
        String own = line("WORKDIR");
        assertThat(found(OWN_FOLDER, text)).isNotEmpty().isSubsetOf(own, own + "/routes", own + "/application.properties");
        assertThat(found(PROGRAM, text)).allMatch(program -> line("ENTRYPOINT").equals("[\"" + program + "\"]"));
    }

    @Test
    void theImageHoldsTheJarAndItsLauncherWhereItStartsThem() {
        assertThat(CONTAINERFILE).contains("\nCOPY target/braze-routes.jar /opt/braze-routes/\n", "\nCOPY bin/braze-routes /opt/braze-routes/bin/\n");
        assertThat(line("ENTRYPOINT")).isEqualTo("[\"/opt/braze-routes/bin/braze-routes\"]");
        assertThat(line("VOLUME")).isEqualTo(line("WORKDIR"));
        assertThat(line("EXPOSE")).isEqualTo(Declared.HTTP_PORT.defaultValue());
        assertThat(Path.of("bin/braze-routes")).isExecutable();
    }

    private static String inFile(Setting<?> secret) {
        return secret.environmentName() + "_FILE";
    }

    private static Map<String, String> pairs(Pattern pattern, String text) {
        Map<String, String> pairs = new TreeMap<>();
        pattern.matcher(text).results().forEach(pair -> pairs.put(pair.group(1), pair.group(2)));
        return pairs;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    /** What follows an instruction of the Containerfile. */
    private static String line(String instruction) {
        return CONTAINERFILE.lines().filter(line -> line.startsWith(instruction + " ")).findFirst().orElseThrow().substring(instruction.length() + 1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
