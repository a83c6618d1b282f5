package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brazeroutes.database.Database;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.routes.RouteFiles;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users may do to the tables and around them, on a real server of each product. */
class DatabaseTablesTest {

    private static final String NOW = "2026-06-10T12:30:00Z";
    private static final LocalDate DAY = LocalDate.parse("2026-06-01");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void anOverwriteKeepsTheUsersViewIndexAndColumn(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns");
            SyncFixture database = synced.database;
            database.execute("create view my_view as select name from campaigns");
            database.execute("create index my_index on campaigns (is_api_campaign)");
            database.execute("alter table campaigns add note varchar(20)");
            database.execute("update campaigns set note = 'mine'");
            String gone = synced.world.campaignIds().get(0);
            String renamed = synced.world.campaignIds().get(1);
            synced.world.delete(gone);
            synced.world.rename(renamed, "Renamed");
            String added = synced.world.addCampaign("Added");
            assertThat(synced.sync("campaigns").get("campaigns").rows()).isEqualTo(3);

            assertThat(database.query("select name from my_view")).extracting(row -> row.get("name"))
                    .containsExactlyInAnyOrderElementsOf(synced.records("campaigns").stream()
                            .map(record -> (Object) JsonValue.text((String) record.get("name"))).toList());
            assertThat(database.query("select id, note from campaigns")).allSatisfy(row ->
                    assertThat(row.get("note")).isEqualTo(row.get("id").equals(added) ? null : "mine"));
            database.execute("drop index my_index" + (product == Product.MARIADB ? " on campaigns" : ""));
            database.execute("drop view my_view");
            database.execute("alter table campaigns drop column note");
            synced.hasEverything("campaigns");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoReadsDuringAnOverwriteSeesTheOldRowsOrTheNewOnes(Product product) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        AtomicBoolean over = new AtomicBoolean();
        try (Synced synced = new Synced(directory, NOW, product)) {
            renameAll(synced, "version 0");
            synced.sync("campaigns");
            CountDownLatch reading = new CountDownLatch(1);
            Future<Set<List<String>>> seen = threads.submit(() -> {
                Set<List<String>> found = new LinkedHashSet<>();
                try (Connection connection = synced.database.connect()) {
                    while (!over.get()) {
                        found.add(names(connection));
                        reading.countDown();
                    }
                    found.add(names(connection));
                }
                return found;
            });
            reading.await();
            for (int version = 1; version <= 3; version++) {
                renameAll(synced, "version " + version);
                synced.sync("campaigns");
            }
            over.set(true);
            int rows = synced.world.campaignIds().size();
            assertThat(seen.get()).allSatisfy(read -> {
                assertThat(read).hasSize(rows);
                assertThat(new TreeSet<>(read)).hasSize(1);
            }).contains(Collections.nCopies(rows, "version 0"), Collections.nCopies(rows, "version 3"));
        } finally {
            over.set(true);
            threads.shutdown();
        }
    }

    private static void renameAll(Synced synced, String name) {
        synced.world.campaignIds().forEach(id -> synced.world.rename(id, name));
    }

    private static List<String> names(Connection connection) throws Exception {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery("select name from campaigns")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void aStrangersTableIsRefusedUntilItIsToBeTakenOver(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.execute("create table campaigns (id varchar(512), mine varchar(20))");
            synced.database.execute("insert into campaigns values ('" + synced.world.campaignIds().get(0) + "', 'kept')");
            PassResult refused = synced.database.sync("campaigns").get("campaigns");
            assertThat(refused.result()).isEqualTo(Result.FAILED);
            assertThat(refused.requests()).isZero();
            assertThat(refused.error()).containsIgnoringCase("table campaigns").contains("table-prefix", "schema", "adopt").doesNotContain("\n");
            assertThat(synced.database.query("select * from campaigns")).hasSize(1);

            synced.database.adopt = true;
            synced.sync("campaigns");
            assertThat(synced.database.query("select mine from campaigns where mine is not null")).hasSize(1);
            synced.database.execute("alter table campaigns drop column mine");
            synced.hasEverything("campaigns");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatAreTakenOverGetTheMarksOfTheFirstPassAlsoIfTheyAreUpToDate(Product product) throws Exception {
        String[] streams = {"campaigns", "campaigns_analytics", "canvases_analytics"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync(streams);
            synced.database.execute("drop table braze_tables");
            synced.database.execute("delete from braze_cursors");
            for (String stream : streams) {
                synced.database.execute("alter table " + stream + " drop column _synced_at");
                synced.database.execute("alter table " + stream + " drop column _sync_id");
            }
            synced.database.adopt = true;
            synced.sync(streams);
            synced.hasEverything(streams);
            UnnestedRows.equalTheirParents(synced.database);
            assertThat(synced.sync(streams).values()).allSatisfy(result -> assertThat(result.rows()).as("%s", result).isZero());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnOfAnotherTypeStopsItsStreamAndNothingOfTheTableIsChanged(Product product) throws Exception {
        String[] streams = {"campaigns", "campaigns_details", "campaigns_analytics", "canvases_analytics"};
        Map<String, String> wrong = Map.of("campaigns.name", "varchar(20)", "campaigns_details.archived", "integer", "campaigns.tags", "varchar(20)",
                "campaigns.last_edited", "date", "campaigns_analytics.conversions", "integer", "campaigns_analytics.revenue", "decimal(10,2)",
                "campaigns_analytics_messages.sent", "integer");
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync(streams);
            synced.database.execute("alter table campaigns drop column is_api_campaign");
            synced.database.execute("alter table campaigns_analytics_messages drop column opens");
            for (String column : wrong.keySet()) {
                String table = column.replaceFirst("\\..*", "");
                String name = column.substring(table.length() + 1);
                String stream = table.replace("_messages", "");
                synced.database.execute("alter table " + table + " drop column " + name);
                synced.database.execute("alter table " + table + " add " + name + " " + wrong.get(column));
                Map<String, String> before = synced.database.columns(table);
                Map<String, PassResult> results = synced.database.sync(streams);
                PassResult refused = results.remove(stream);
                assertThat(refused.result()).as(column).isEqualTo(Result.FAILED);
                assertThat(refused.error()).containsIgnoringCase(stream + ": the column " + name + " of the table " + table + " in ")
                        .contains(" its values need ", "; change its type, or run 'reset --drop " + stream + "'").doesNotContain("\n");
                assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.COMPLETE);
                assertThat(synced.database.columns(table)).isEqualTo(before);
                synced.database.execute("alter table " + table + " drop column " + name);
            }
            synced.database.execute("delete from campaigns_analytics");
            synced.database.execute("delete from campaigns_analytics_messages");
            synced.database.execute("delete from braze_cursors");
            synced.sync(streams);
            synced.hasEverything(streams);
            UnnestedRows.equalTheirParents(synced.database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrangersColumnOfAnotherTypeIsRefusedEvenIfItsTableMayBeTakenOver(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.adopt = true;
            synced.database.execute("create table campaigns (id bigint, name varchar(20))");
            Map<String, String> before = synced.database.columns("campaigns");
            PassResult refused = synced.database.sync("campaigns").get("campaigns");
            assertThat(refused.result()).isEqualTo(Result.FAILED);
            assertThat(refused.requests()).isZero();
            assertThat(refused.error()).contains("the column id of the table ", product == Product.POSTGRES ? " is int8" : " is bigint", ", its values need ", "sink.jdbc.table-prefix")
                    .doesNotContain("reset", "\n");
            assertThat(synced.database.columns("campaigns")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrangersTableMayHaveLongerKeysAndItsOwnTextWithoutLimit(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.execute("create table campaigns (id varchar(600), name " + (product == Product.MARIADB ? "longtext character set utf8mb4" : "varchar") + ")");
            synced.world.rename(synced.world.campaignIds().get(0), "Case");
            synced.sync("campaigns");
            synced.world.rename(synced.world.campaignIds().get(0), "case");
            assertThat(synced.sync("campaigns").get("campaigns").rows()).isEqualTo(1);
            synced.hasEverything("campaigns");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrangersShortKeyIsLongEnoughOnceItsTableIsTakenOver(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.adopt = true;
            synced.database.execute("create table events (event_name varchar(50) primary key, mine varchar(20))");
            synced.database.execute("insert into events values ('their own', 'gone with it')");
            synced.world.addEvent("\u20ac".repeat(512));
            synced.sync("events");
            synced.database.execute("alter table events drop column mine");
            synced.hasEverything("events");
        }
    }

    @ParameterizedTest
    @EnumSource
    void missingColumnsAreAddedAndFilled(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns", "campaigns_details");
            synced.database.execute("alter table campaigns drop column tags");
            synced.database.execute("alter table campaigns drop column last_edited");
            synced.database.execute("alter table campaigns_details drop column archived");
            synced.sync("campaigns", "campaigns_details");
            synced.hasEverything("campaigns", "campaigns_details");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesMayHaveAPrefixAndASchema(Product product) throws Exception {
        String[] streams = {"campaigns", "campaigns_analytics", "canvases_analytics"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.prefix = "bz_";
            // a schema of MariaDB's is a database, which all tests share
            synced.database.schema = "marketing" + (product == Product.MARIADB ? synced.database.login.schema() : "");
            synced.sync(streams);
            synced.hasEverything(streams);
            UnnestedRows.equalTheirParents(synced.database);
            assertThat(synced.sync(streams).values()).allSatisfy(result -> assertThat(result.rows()).as("%s", result).isZero());
            assertThat(synced.database.query("select table_name t from information_schema.tables where lower(table_schema) = lower('"
                    + synced.database.login.schema() + "')")).isEmpty();
            assertThat(synced.database.query("select lower(table_name) t from information_schema.tables where lower(table_schema) = '"
                    + synced.database.schema + "'")).extracting(row -> row.get("t").toString())
                    .contains("bz_campaigns", "bz_braze_cursors").allMatch(name -> name.startsWith("bz_"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void switchedOnLaterTheUnnestedTablesHoldWhatIsStoredAlready(Product product) throws Exception {
        String[] streams = {"campaigns_analytics", "canvases_analytics"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.unnest = false;
            synced.sync(streams);
            assertThat(synced.database.columns("campaigns_analytics_messages")).isEmpty();
            synced.database.unnest = true;
            synced.sync(streams);
            UnnestedRows.equalTheirParents(synced.database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnnestedTableThatTheRouteDoesNotDeclareForAWhileIsWholeWhenItDoesAgain(Product product) throws Exception {
        String[] streams = {"campaigns_analytics", "canvases_analytics"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync(streams);
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "campaigns")
                    .variant("campaigns_analytics", "campaigns_analytics", "unnest: ", "# ").files();
            synced.world.remove("campaigns_analytics", synced.world.campaignIds().get(0), LocalDate.parse("2026-06-02"), "/messages/email");
            synced.sync("campaigns_analytics");
            assertThat(synced.database.count("campaigns_analytics_messages")).isZero();
            synced.database.routes = RouteFiles.find(Optional.empty(), false);
            synced.sync(streams);
            UnnestedRows.equalTheirParents(synced.database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatAnUnnestedTableLacksIsFilledFromTheStoredRows(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns_analytics", "canvases_analytics");
            synced.database.execute("alter table campaigns_analytics_messages drop column unique_recipients");
            synced.sync("campaigns_analytics");
            assertThat(synced.database.query("select distinct unique_recipients from campaigns_analytics_messages where unique_recipients > 0")).isNotEmpty();
            UnnestedRows.equalTheirParents(synced.database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnnestedTableWhoseFillingBrokeOffIsFilledByTheNextSync(Product product) throws Exception {
        String[] streams = {"campaigns_analytics", "canvases_analytics"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            SyncFixture database = synced.database;
            synced.sync(streams);
            for (String damage : List.of("drop table campaigns_analytics_messages", "alter table campaigns_analytics_messages drop column unique_recipients")) {
                database.execute(damage);
                String day = " where campaign_id = '" + synced.world.campaignIds().get(0) + "' and " + database.quoted("time") + " = date '" + DAY + "'";
                database.execute("update campaigns_analytics set messages = '{\"" + "x".repeat(600) + "\": [{}]}'"
                        + (product == Product.H2 ? " format json" : "") + day);
                PassResult broken = database.sync("campaigns_analytics").get("campaigns_analytics");
                assertThat(broken.result()).isEqualTo(Result.FAILED);
                assertThat(broken.error()).contains("the channel of 600 characters");
                database.execute("update campaigns_analytics set messages = null" + day);
                synced.sync(streams);
                synced.hasEverything(streams);
                UnnestedRows.equalTheirParents(database);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatIsDroppedTakesItsUnnestedTableThatIsSwitchedOffAlong(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns_analytics");
            synced.database.unnest = false;
            synced.sync("campaigns_analytics");
            try (Database database = Database.open(synced.database.options().database())) {
                Sinks.drop(synced.database.options(), database, synced.database.streams.get("campaigns_analytics"), connection -> null);
            }
            assertThat(synced.database.columns("campaigns_analytics_messages")).isEmpty();
            synced.database.unnest = true;
            synced.database.modes.put("campaigns_analytics", SyncMode.INCREMENTAL_APPEND);
            synced.sync("campaigns_analytics");
            assertThat(synced.database.count("campaigns_analytics_messages")).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTablesOfAnEarlierBuildAreItsOwnStill(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns_analytics");
            synced.database.execute("alter table braze_tables drop column parent");
            synced.database.execute("alter table braze_tables drop column filled");
            synced.database.execute("delete from campaigns_analytics_messages");
            assertThat(synced.sync("campaigns_analytics").get("campaigns_analytics").rows()).isZero();
            assertThat(synced.database.count("campaigns_analytics_messages")).as("it was filled").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void appendModesKeepEveryVersion(Product product) throws Exception {
        String[] streams = {"campaigns", "campaigns_analytics"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.modes.put("campaigns", SyncMode.FULL_REFRESH_APPEND);
            synced.database.modes.put("campaigns_analytics", SyncMode.INCREMENTAL_APPEND);
            synced.sync(streams);
            List<Map<String, Object>> before = finished(synced);
            long campaigns = synced.database.count("campaigns");
            String id = synced.world.campaignIds().get(0);
            synced.world.correct("campaigns_analytics", id, DAY, "conversions", 4711);
            synced.clock.pass(Duration.ofMinutes(5));
            assertThat(synced.sync(streams).get("campaigns_analytics").rows()).isEqualTo(1);
            assertThat(synced.database.count("campaigns")).isEqualTo(2 * campaigns);
            assertThat(synced.database.count("campaigns_analytics")).isEqualTo(before.size() + 1);
            List<Map<String, Object>> versions = Rows.stored(synced.database, "campaigns_analytics").stream()
                    .filter(row -> row.get("campaign_id").equals(id) && row.get("time").equals(DAY))
                    .sorted(Comparator.comparing(row -> (Long) row.get("_sync_id"))).toList();
            assertThat(versions).hasSize(2);
            assertThat(versions.get(1).get("conversions")).isEqualTo(4711L);
            assertThat(versions.get(0).get("conversions")).isNotEqualTo(4711L);
            Object newest = versions.get(1).get("_sync_id");
            synced.database.execute("delete from campaigns_analytics where campaign_id = '" + id + "' and " + synced.database.quoted("time")
                    + " = date '" + DAY + "' and _sync_id < " + newest);
            Rows.equal(synced.database, "campaigns_analytics", finished(synced));
        }
    }

    /** The days that append modes store: today is not over. */
    private static List<Map<String, Object>> finished(Synced synced) {
        return synced.world.records("campaigns_analytics", synced.start(), synced.world.today().minusDays(1));
    }
}
