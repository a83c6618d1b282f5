package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.RouteDefinition;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.routes.LoadedFile;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every file in {@code routes/}, read as it lies there: a new stream is tested by existing. */
class StreamContractTest {

    static final Path ROUTES = Path.of("routes");
    static final Path FIXTURES = Path.of("src/test/resources/streams");
    /** Not a stream: what failures do, for all of them. */
    private static final String ERRORS = "errors.yaml";

    private static final Catalogue CATALOGUE = Engine.catalogue(ContractFixture.options());

    static List<String> files() throws IOException {
        try (var files = Files.list(ROUTES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(ERRORS)).sorted().toList();
        }
    }

    static List<String> streams() throws IOException {
        return files().stream().map(name -> name.replace(".yaml", "")).toList();
    }

    static JsonNode facts() throws IOException {
        return new YAMLMapper().readTree(Path.of("src/test/resources/braze-streams.yaml").toFile());
    }

    static List<String> known() throws IOException {
        List<String> names = new ArrayList<>();
        facts().fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void everyFileCanBeUsedAndNothingElseLiesInTheFolder() throws Exception {
        assertThat(CATALOGUE.errors()).isEmpty();
        assertThat(files()).allMatch(name -> name.endsWith(".yaml"));
        assertThat(CATALOGUE.streams().keySet()).containsExactlyInAnyOrderElementsOf(streams());
        assertThat(ROUTES.resolve(ERRORS)).exists();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void fileRouteAndTableHaveOneName(String name) {
        LoadedFile file = CATALOGUE.routes().stream().filter(loaded -> loaded.file().name().equals(name + ".yaml")).findFirst().orElseThrow();
        assertThat(file.stream().name()).isEqualTo(name);
        assertThat(file.definitions()).extracting(RouteDefinition::getId).containsExactly(name);
        assertThat(file.definitions().get(0).getDescriptionText()).isNotBlank();
        assertThat(file.definitions().get(0).getInput().getEndpointUri()).startsWith("timer:" + name + "?");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamIsReadAtOneGlance(String name) throws Exception {
        List<String> lines = Files.readAllLines(ROUTES.resolve(name + ".yaml"));
        assertThat(lines).hasSizeBetween(25, 45);
        assertThat(lines).allMatch(line -> line.length() <= 140);
        Stream stream = CATALOGUE.streams().get(name);
        assertThat(lines.get(0)).startsWith("# ");
        assertThat(lines.get(1)).isEqualTo("# GET " + stream.path() + "; the API key needs " + stream.permission() + ".");
    }

    @ParameterizedTest
    @MethodSource("known")
    void endpointKeyAndColumnsAreThoseOfBraze(String name) throws Exception {
        JsonNode facts = facts().get(name);
        Stream stream = CATALOGUE.streams().get(name);
        assertThat(stream).as("routes/" + name + ".yaml").isNotNull();
        assertThat(stream.path()).isEqualTo(facts.get("endpoint").asText());
        assertThat(stream.permission()).isEqualTo(permission(stream.path()));
        assertThat(stream.parent()).isEqualTo(facts.path("parent").asText(null));
        assertThat(stream.maxDays()).isEqualTo(facts.path("days").asInt(0));
        assertThat(stream.primaryKey()).isEqualTo(texts(facts.get("key")));
        Map<String, String> columns = new LinkedHashMap<>();
        facts.get("columns").fields().forEachRemaining(column -> columns.put(column.getKey(), column.getValue().asText()));
        assertThat(stream.columns()).allSatisfy(column -> assertThat(column.type().text()).as(column.name()).isEqualTo(columns.get(column.name())));
        assertThat(stream.columns()).extracting(Column::name).containsExactlyInAnyOrderElementsOf(columns.keySet());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void readmeHasARowOfTheStream(String name) throws Exception {
        Stream stream = CATALOGUE.streams().get(name);
        List<List<String>> rows = Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.split("\\|")).map(cell -> cell.replace("`", "").strip()).toList())
                .filter(cells -> cells.size() > 1 && cells.get(1).equals(name) && cells.contains(stream.path())).toList();
        assertThat(rows).as("README.md, a table row | " + name + " | … " + stream.path()).hasSize(1);
        assertThat(rows.get(0)).contains(String.join(", ", stream.primaryKey()));
    }

    @Test
    void fixtureFoldersAreThoseOfTheStreams() throws Exception {
        try (var folders = Files.list(FIXTURES)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()).toList()).containsExactlyInAnyOrderElementsOf(streams());
        }
    }

    /** Braze names a permission after its endpoint. */
    private static String permission(String path) {
        return path.substring(1).replace('/', '.');
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
