package org.brazeroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for who changes the code name classes, and members of them, that are there. */
class DocumentsTest {

    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]+`");
    /** A class of ours and, behind a dot, what is said to be in it. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.*-])(?:org\\.brazeroutes\\.\\w+\\.)?([A-Z][a-z]\\w*+)(?!\\*)(?:\\.(\\w+))?");
    private static final String NO_CLASS = "Camel";

    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/design.md"})
    void whatAPageNamesIsThere(String page) throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> names = CODE.matcher(Files.readString(Path.of(page))).results().flatMap(code -> NAME.matcher(code.group()).results())
                .filter(name -> !name.group(1).equals(NO_CLASS)).toList();
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(sources.getOrDefault(name.group(1), "")).as(name.group())
                .containsPattern("\\b" + Optional.ofNullable(name.group(2)).orElse(name.group(1)) + "\\b"));
    }

    /** By class, of the product and its tests. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (var files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(found -> found.toString().endsWith(".java")).toList()) {
                sources.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        return sources;
    }
}
