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

class EngineCommandsTest {

    @TempDir
    private Path directory;

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
                            completionTimeout: "2000"
                            completeAllOnStop: true
                            steps:
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
