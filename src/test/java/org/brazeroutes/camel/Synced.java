package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.brazeroutes.demo.Fill;
import org.brazeroutes.demo.LoggedRequest;
import org.brazeroutes.demo.SetClock;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.SimulatorOptions;
import org.brazeroutes.demo.World;
import org.brazeroutes.demo.WorldBuilder;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;

/** A workspace, its simulator and the database it is synced into, all on one clock that the test moves. */
final class Synced implements AutoCloseable {

    static final List<String> KPIS = List.of("kpi_daily_new_users", "kpi_daily_active_users", "kpi_daily_app_uninstalls");
    static final List<String> SERIES = List.of("campaigns_analytics", "canvases_analytics", "events_analytics", "cards_analytics",
            "segments_analytics", "kpi_daily_new_users", "kpi_daily_active_users", "kpi_daily_app_uninstalls");
    static final List<String> DETAILS = List.of("campaigns_details", "canvases_details", "segments_details");
    static final List<String> LISTS = List.of("campaigns", "canvases", "events", "cards", "segments");

    final SetClock clock;
    final World world;
    final Simulator simulator;
    final SyncFixture database;

    Synced(Path directory, String now, WorldBuilder world, SimulatorOptions options) {
        this.clock = new SetClock(now);
        this.world = world.clock(clock).build();
        this.simulator = Simulator.start(this.world, options);
        this.database = new SyncFixture(simulator, directory, clock);
        database.zone = this.world.zone();
    }

    Synced(Path directory, String now) {
        this(directory, now, small(), filled());
    }

    /** The same into a new database of that product. */
    Synced(Path directory, String now, Product product) throws SQLException {
        this(directory, now);
        database.into(product, directory);
    }

    /** One of every form, few of each. */
    static WorldBuilder small() {
        return World.builder().campaigns(20).canvases(3).segments(4).cards(4).events(14);
    }

    /** As few objects as show how days are read. */
    static WorldBuilder tiny() {
        return World.builder().campaigns(3).canvases(2).segments(2).cards(2).events(3);
    }

    /** Every series has a row for every day, cards too. */
    static SimulatorOptions filled() {
        return SimulatorOptions.defaults().fill("cards_analytics", Fill.ZEROS);
    }

    LocalDate start() {
        return database.startDate.orElseThrow();
    }

    void startsOn(String day) {
        database.startDate = Optional.of(LocalDate.parse(day));
    }

    /** One pass, of all streams without a name, in which every stream is complete. */
    Map<String, PassResult> sync(String... names) throws Exception {
        Map<String, PassResult> results = database.sync(names);
        assertThat(results.values()).allSatisfy(result -> assertThat(result.result()).as("%s", result).isEqualTo(Result.COMPLETE));
        assertThat(results).hasSize(names.length == 0 ? 16 : names.length);
        return results;
    }

    /** What the workspace holds now of a stream, as far as the settings ask for it. */
    List<Map<String, Object>> records(String stream) {
        return records(stream, start(), world.today());
    }

    List<Map<String, Object>> records(String stream, LocalDate first, LocalDate last) {
        Set<String> apps = Set.copyOf(Arrays.asList(("," + database.placeholders.get("braze.app-ids")).split(",")));
        return world.records(stream, first, last).stream()
                .filter(record -> !KPIS.contains(stream) || record.get("app_id").equals("") || apps.contains(record.get("app_id"))).toList();
    }

    /** The tables of these streams, of all without a name, hold what the workspace holds, value by value. */
    void hasEverything(String... names) throws SQLException {
        for (String stream : names.length == 0 ? List.copyOf(database.streams.keySet()) : Arrays.asList(names)) {
            Rows.equal(database, stream, records(stream));
        }
        if (names.length == 0) {
            UnnestedRows.equalTheirParents(database);
        }
    }

    /** The tables of all daily series hold what the workspace has for these days. */
    void hasSeries(LocalDate first, LocalDate last) throws SQLException {
        for (String stream : SERIES) {
            Rows.equal(database, stream, records(stream, first, last));
        }
    }

    /** The days that were asked for, by stream and partition, in the order in which they were. */
    List<Window> windows() {
        return simulator.log().requests().stream().filter(request -> request.query().containsKey("length"))
                .map(request -> Window.of(request, database.zone)).toList();
    }

    List<LoggedRequest> requests(String path) {
        return simulator.log().requests(path);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
