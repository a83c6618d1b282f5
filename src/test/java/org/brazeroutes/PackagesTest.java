package org.brazeroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Arrows between packages run one way. */
class PackagesTest {

    private static final Path SOURCES = Path.of("src/main/java/org/brazeroutes");
    private static final Pattern OURS = Pattern.compile("\\borg\\.brazeroutes\\.(\\w+)\\.");
    private static final Pattern CAMEL = Pattern.compile("import (?:static )?org\\.apache\\.(camel)\\.");

    /** From the ground up. */
    private static final List<Set<String>> FLOORS = List.of(Set.of("stream"), Set.of("json", "settings"), Set.of("braze", "database"),
            Set.of("state", "sink", "routes"), Set.of("pass"), Set.of("camel", "demo"), Set.of("cli"));

    @Test
    void aPackageKnowsOnlyThoseOfTheFloorsBelow() throws IOException {
        Set<String> below = new HashSet<>();
        for (Set<String> floor : FLOORS) {
            floor.forEach(name -> assertThat(found(name, OURS)).as(name).isSubsetOf(plus(below, name)));
            below.addAll(floor);
        }
        try (Stream<Path> packages = Files.list(SOURCES)) {
            assertThat(packages.map(folder -> folder.getFileName().toString())).containsExactlyInAnyOrderElementsOf(below);
        }
    }

    @Test
    void theSimulatorSharesNoCodeWithTheProduct() {
        assertThat(found("demo", OURS)).isSubsetOf("demo");
    }

    @Test
    void aPassKnowsNoCamel() {
        FLOORS.stream().flatMap(Set::stream).filter(name -> !Set.of("camel", "routes").contains(name))
                .forEach(name -> assertThat(found(name, CAMEL)).as(name).isEmpty());
    }

    private static Set<String> plus(Set<String> names, String other) {
        return Stream.concat(names.stream(), Stream.of(other)).collect(Collectors.toSet());
    }

    private static Set<String> found(String name, Pattern pattern) {
        try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
            return files.flatMap(file -> pattern.matcher(text(file)).results()).map(match -> match.group(1)).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
