package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.AbstractListAggregationStrategy;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the folder of route files is what runs, without a build. */
class RouteFolderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-09-10T09:30:00Z"), ZoneOffset.UTC);
    private static final String MAU = "kpi_monthly_active_users";

    @TempDir
    Path directory;
    private World world;
    private Simulator simulator;
    private SyncFixture fixture;
    private RouteFolder folder;

    @BeforeEach
    void start() throws Exception {
        world = World.builder().seed(7).clock(CLOCK).apps().campaigns(3).canvases(0).segments(2).events(2).cards(0).build();
        simulator = Simulator.start(world, SimulatorOptions.defaults());
        fixture = new SyncFixture(simulator, directory, CLOCK);
        fixture.startDate = Optional.of(LocalDate.parse("2026-09-01"));
        folder = new RouteFolder(directory.resolve("routes"));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aNewFileIsANewSeriesWithTableCursorAndCatalogueEntry() throws Exception {
        folder.with().write(MAU + ".yaml", monthlyActiveUsers());
        fixture.routes = folder.files();
        Map<String, PassResult> results = fixture.sync();
        assertThat(results).hasSize(17).allSatisfy((name, result) -> assertThat(result.result()).as(name).isEqualTo(Result.COMPLETE));
        assertThat(fixture.query("select app_id, time, mau from " + MAU + " order by time")).usingRecursiveComparison()
                .isEqualTo(world.records(MAU, LocalDate.parse("2026-09-01"), LocalDate.parse("2026-09-10")).stream()
                        .map(row -> Map.of("app_id", "", "time", Date.valueOf((String) row.get("time")), "mau", ((Number) row.get("mau")).longValue()))
                        .toList());
        assertThat(fixture.query("select first_day, last_day from braze_cursors where stream = '" + MAU + "'")).containsExactly(
                Map.of("first_day", Date.valueOf("2026-09-01"), "last_day", Date.valueOf("2026-09-09")));
        assertThat(results.get(MAU).cursorMax()).isEqualTo(LocalDate.parse("2026-09-09"));
        Stream stream = Engine.catalogue(fixture.options()).streams().get(MAU);
        assertThat(stream.path()).isEqualTo("/kpi/mau/data_series");
        assertThat(stream.primaryKey()).containsExactly("app_id", "time");
        assertThat(fixture.sync(MAU).get(MAU).rows()).isZero();
    }

    @Test
    void aNewFileIsANewList() throws Exception {
        folder.with("errors").variant("campaigns", "active_campaigns", "include_archived={{braze.include-archived}}", "include_archived=false");
        fixture.routes = folder.files();
        world.archive(world.campaignIds().get(0));
        assertThat(fixture.sync().get("active_campaigns").result()).isEqualTo(Result.COMPLETE);
        assertThat(fixture.query("select id from active_campaigns order by id")).extracting(row -> row.get("id"))
                .isEqualTo(world.campaignIds().subList(1, 3).stream().sorted().toList());
    }

    @Test
    void theFolderReplacesThePackagedRoutesUnlessTheyAreWanted() throws Exception {
        folder.with("errors", "segments");
        assertThat(names(false)).containsExactly("segments");
        assertThat(names(true)).hasSize(16);
        Files.delete(folder.path.resolve("segments.yaml"));
        folder.variant("segments", "segments", "name string, ", "");
        fixture.routes = RouteFiles.find(Optional.of(folder.path), true);
        assertThat(Engine.catalogue(fixture.options()).streams()).hasSize(16);
        assertThat(Engine.catalogue(fixture.options()).streams().get("segments").column("name")).as("the folder's file wins").isEmpty();
    }

    @Test
    void aRemovedFileIsARemovedStreamWhoseRowsStay() throws Exception {
        folder.with("errors", "campaigns", "segments");
        fixture.routes = folder.files();
        fixture.sync();
        Files.delete(folder.path.resolve("segments.yaml"));
        fixture.routes = folder.files();
        assertThat(fixture.sync()).containsOnlyKeys("campaigns");
        assertThat(fixture.count("segments")).isEqualTo(2);
    }

    /** Kubernetes mounts a config map as links into a hidden folder, which a link of its own names. */
    @Test
    void linksOfAConfigMapAreReadAndHiddenEntriesAreNot() throws Exception {
        new RouteFolder(folder.path.resolve("..2026_09_10_09_30_00.123456789")).with("errors", "segments");
        Files.createSymbolicLink(folder.path.resolve("..data"), Path.of("..2026_09_10_09_30_00.123456789"));
        for (String file : List.of("errors.yaml", "segments.yaml")) {
            Files.createSymbolicLink(folder.path.resolve(file), Path.of("..data", file));
        }
        folder.write(".campaigns.yaml", "broken: [").write("..events.yaml", "broken: [").write("notes.txt", "no route");
        Files.createDirectories(folder.path.resolve("old.yaml"));
        assertThat(names(false)).containsExactly("segments");
        fixture.routes = folder.files();
        assertThat(fixture.sync().get("segments").result()).isEqualTo(Result.COMPLETE);
        assertThat(fixture.routeErrors).isEmpty();
        assertThat(fixture.count("segments")).isEqualTo(2);
    }

    @Test
    void anEditedRouteDoesWhatItSays() throws Exception {
        folder.with("errors").variant("campaigns", "campaigns",
                "expression: \"${body.records}\" } } }", "expression: \"${body.records}\" } } }\n"
                        + "              - split:\n"
                        + "                  aggregationStrategy: chosen\n"
                        + "                  expression: { simple: { expression: \"${body}\" } }\n"
                        + "                  steps:\n"
                        + "                    - filter:\n"
                        + "                        statusPropertyName: chosen\n"
                        + "                        expression: { simple: { expression: \"${body[id]} != '" + world.campaignIds().get(1) + "'\" } }\n"
                        + "                        steps:\n"
                        + "                          - log: { message: \"campaign ${body[id]}\" }\n");
        folder.write("beans.yaml", """
                - beans:
                    - name: chosen
                      type: org.brazeroutes.camel.RouteFolderTest$Chosen
                """);
        fixture.routes = folder.files();
        assertThat(fixture.sync().get("campaigns").result()).isEqualTo(Result.COMPLETE);
        assertThat(fixture.routeErrors).isEmpty();
        assertThat(fixture.query("select id from campaigns")).extracting(row -> row.get("id"))
                .containsExactlyInAnyOrder(world.campaignIds().get(0), world.campaignIds().get(2));
    }

    /** Gathers what a filter inside a split let through. */
    public static final class Chosen extends AbstractListAggregationStrategy<Object> {
        @Override
        public Object getValue(Exchange exchange) {
            return Boolean.TRUE.equals(exchange.getProperty("chosen")) ? exchange.getMessage().getBody() : null;
        }
    }

    @Test
    void aRouteMayUseTheSlicesOfTheState() throws Exception {
        folder.with("errors").write("backfill.yaml", """
                - route:
                    id: backfill
                    description: Skips slices that are stored
                    from:
                      uri: direct:backfill
                      steps:
                        - idempotentConsumer:
                            idempotentRepository: slices
                            eager: false
                            expression: { simple: { expression: "campaigns_analytics|${body}" } }
                            steps:
                              - log: { message: "${body}" }
                """);
        fixture.routes = folder.files();
        assertThat(fixture.sync()).isEmpty();
        assertThat(fixture.routeErrors).isEmpty();
    }

    private List<String> names(boolean packagedToo) {
        fixture.routes = RouteFiles.find(Optional.of(folder.path), packagedToo);
        Catalogue catalogue = Engine.catalogue(fixture.options());
        assertThat(catalogue.errors()).isEmpty();
        return List.copyOf(catalogue.streams().keySet());
    }

    private static String monthlyActiveUsers() throws Exception {
        return RouteFolder.changed("kpi_daily_active_users", MAU, "/kpi/dau/data_series", "/kpi/mau/data_series",
                "kpi.dau.data_series", "kpi.mau.data_series", "dau integer", "mau integer");
    }
}
