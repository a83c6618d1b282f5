package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every designer of Camel routes can open our files: they are in its canonical notation. */
class RouteSchemaTest {

    private static final JsonSchema CANONICAL = schema(Path.of("target/route-schema/schema/camelYamlDsl-canonical.json"));

    static List<Path> files() throws IOException {
        try (var files = Files.list(StreamContractTest.ROUTES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void routeIsInCanonicalNotation(Path file) throws Exception {
        assertThat(CANONICAL.validate(read(Files.readString(file)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void routeIsValidForTheCamelThatRunsIt(Path file) throws Exception {
        try (InputStream schema = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
            assertThat(factory().getSchema(schema).validate(read(Files.readString(file)))).isEmpty();
        }
    }

    @Test
    void compactNotationIsNotCanonical() throws Exception {
        String compact = Files.readString(Path.of("routes/campaigns.yaml"))
                .replace("{ simple: { expression: \"${body.records}\" } }", "{ simple: \"${body.records}\" }");
        assertThat(CANONICAL.validate(read(compact))).isNotEmpty();
    }

    private static JsonNode read(String yaml) throws IOException {
        return new YAMLMapper().readTree(yaml);
    }

    private static JsonSchema schema(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return factory().getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException("unpacked by the build into target/", e);
        }
    }

    private static JsonSchemaFactory factory() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4);
    }
}
