package org.brazeroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCommandsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            segments.yaml | - route: {         | 'campaigns' is no stream; did you mean 'segments'?
            champaign.yaml | - route: { id: champaign, from: { uri: "direct:champaign", steps: [ { log: { message: x } } ] } } | 'campaigns' is no stream
            champaign.yaml | - routeConfiguration: { nonsense: 1 } | 'campaigns' is no stream
            """)
    void onlyFilesOfStreamsAreTakenForWhatWasMeant(String file, String content, String told) throws Exception {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.copy(Path.of("routes/errors.yaml"), routes.resolve("errors.yaml"));
        Files.writeString(routes.resolve(file), content);
        Map<String, String> environment = Map.of("BRAZE_ENDPOINT", "http://127.0.0.1:1", "BRAZE_API_KEY", "key", "ROUTES_DIRECTORY", routes.toString(),
                "SINK_JDBC_URL", "jdbc:h2:file:" + directory.resolve("braze"), "SYNC_STREAMS", "campaigns");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(new BrazeRoutes(Recording.console(new ByteArrayOutputStream(), err, ""), environment, directory, EngineCommands::new).execute("sync")).isEqualTo(2);
        assertThat(err.toString()).startsWith("sync.streams: " + told).doesNotContain("errors", "champaign").hasLineCount(1);
    }

    @Test
    void recordsThatARouteStillGathersArriveBeforeTheSyncEnds() throws Exception {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.writeString(routes.resolve("deliver.yaml"), """
                - route:
                    id: deliver
                    from:
                      uri: direct:deliver
                      steps:
                        - aggregate:
                            correlationExpression: { constant: all }
                            aggregationStrategy: "#class:org.apache.camel.processor.aggregate.StringAggregationStrategy"
                            completionSize: 40
                            forceCompletionOnStop: true
                            steps:
                              - delay: { expression: { constant: "1500" } }
                              - to: { uri: "file:%s?fileName=records&fileExist=Append" }
                """.formatted(directory));
        World world = World.builder().empty().segments(50).build();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (Simulator simulator = Simulator.start(world)) {
            Map<String, String> environment = Map.of("BRAZE_ENDPOINT", simulator.uri().toString(), "BRAZE_API_KEY", simulator.apiKey(), "SINK", "direct:deliver",
                    "STATE_JDBC_URL", "jdbc:h2:file:" + directory.resolve("state"), "ROUTES_DIRECTORY", routes.toString(), "ROUTES_PACKAGED", "true");
            assertThat(new BrazeRoutes(Recording.console(new ByteArrayOutputStream(), told, ""), environment, directory, EngineCommands::new)
                    .execute("sync", "segments")).as(told::toString).isZero();
        }
        assertThat(Files.readString(directory.resolve("records"))).contains(world.segmentIds());
    }
}
