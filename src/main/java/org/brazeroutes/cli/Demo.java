package org.brazeroutes.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.camel.EngineOptions;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;
import org.brazeroutes.settings.Settings;

/** The main job on built-in data: simulator, sync, a look at the rows. */
final class Demo {

    private static final String URL = "jdbc:h2:file:./data/demo/braze";
    private static final String QUERY = """
            select c.name as campaign, sum(a.unique_recipients) as recipients, sum(a.conversions) as conversions,
                   cast(sum(a.revenue) as decimal(12, 2)) as revenue
            from campaigns_analytics a join campaigns c on c.id = a.campaign_id
            where a.time >= current_date - 30 group by c.id, c.name order by revenue desc fetch first 5 rows only""";

    private static final List<String> LOOKED_AT = List.of("campaigns", "campaigns_analytics");

    private final Map<String, String> set;
    private final Console console;
    private final boolean json;
    private final boolean debug;

    Demo(Map<String, String> set, Console console, boolean json, boolean debug) {
        this.set = set;
        this.console = console;
        this.json = json;
        this.debug = debug;
    }

    int execute() {
        try (Simulator simulator = Simulator.start(World.builder().build())) {
            Settings settings = Settings.explicit(Map.of("braze.endpoint", simulator.uri().toString(), "braze.api-key", simulator.apiKey(),
                    "braze.app-ids", "app-ios,app-android", "sink.jdbc.url", URL), set, AnyCommand.CRON);
            Call call = new Call(settings, console, json, debug);
            EngineOptions options = new Wiring(settings, console, false).options(List.of());
            int exit = EngineCommands.sync(call, options, List.of());
            boolean stopped = exit == Signals.Kind.INT.exitCode() || exit == Signals.Kind.TERM.exitCode();
            if (!json && !stopped && LOOKED_AT.stream().allMatch(name -> settings.stream(name).enabled())) {
                look();
            }
            return exit;
        }
    }

    private void look() {
        console.line("");
        QUERY.lines().forEach(console::line);
        console.line("");
        try (Connection connection = DriverManager.getConnection(URL + ";ACCESS_MODE_DATA=r"); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            List<List<Object>> table = new ArrayList<>();
            while (rows.next()) {
                table.add(List.of(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getBigDecimal(4)));
            }
            console.table(List.of("campaign", "recipients", "conversions", "revenue"), table);
        } catch (SQLException e) {
            throw new IllegalStateException("the demo's database cannot be read: " + e.getMessage(), e);
        }
        console.line("");
        console.line("The rows are in " + Path.of("data/demo/braze.mv.db").toAbsolutePath() + " (" + URL + ", user sa, no password).");
        console.line("Run demo again: it reads the last month once more and writes only what changed.");
        console.line("Your own Braze: set BRAZE_ENDPOINT and BRAZE_API_KEY, then 'check', then 'sync'.");
    }
}
