package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every database target keeps, value by value, on a real server of each product. */
class DatabaseTargetTest {

    private static final String NOW = "2026-06-10T12:30:00Z";
    private static final LocalDate DAY = LocalDate.parse("2026-06-01");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void everyTableHoldsTheWorkspaceAfterTheFirstSyncAndASecondOneWritesNothing(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync();
            synced.hasEverything();
            Map<String, List<Map<String, Object>>> before = tables(synced);
            synced.clock.pass(Duration.ofSeconds(20));
            assertThat(synced.sync().values()).allSatisfy(result -> assertThat(result.rows()).as("%s", result).isZero());
            assertThat(tables(synced)).isEqualTo(before);
        }
    }

    static Stream<Arguments> productsAndCases() {
        return Arrays.stream(TargetCase.values()).filter(given -> given != TargetCase.EVERY_STREAM)
                .flatMap(given -> Arrays.stream(Product.values()).map(product -> Arguments.of(product, given)));
    }

    @ParameterizedTest
    @MethodSource("productsAndCases")
    void everyValueArrivesAsTheSourceHoldsItAndStaysSo(Product product, TargetCase given) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            given.prepare(synced.world, synced.simulator, DAY);
            synced.sync(given.streams());
            synced.hasEverything(given.streams());
            if (given != TargetCase.DUPLICATE_RECORDS) {
                assertThat(synced.sync(given.streams()).values()).allSatisfy(result -> assertThat(result.rows()).as("%s", result).isZero());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesThatDifferInCaseOrATrailingSpaceAloneAreRowsOfTheirOwn(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            for (String name : List.of("hostile", "Hostile", "hostile ", "hostil\u00e9", "hostile\\", "hostile\t", "hostile'`\"", "ho\u017ftile")) {
                synced.world.addEvent(name);
            }
            synced.sync("events", "events_analytics");
            synced.hasEverything("events", "events_analytics");
            synced.world.correct("events_analytics", "hostile", DAY, "count", 4711);
            assertThat(synced.sync("events", "events_analytics").get("events_analytics").rows()).isEqualTo(1);
            synced.hasEverything("events", "events_analytics");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatChangesInCaseAloneIsAChange(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.world.rename(synced.world.campaignIds().get(0), "Case");
            synced.sync("campaigns");
            synced.world.rename(synced.world.campaignIds().get(0), "case");
            assertThat(synced.sync("campaigns").get("campaigns").rows()).isEqualTo(1);
            synced.world.rename(synced.world.campaignIds().get(0), "case ");
            assertThat(synced.sync("campaigns").get("campaigns").rows()).isEqualTo(1);
            synced.hasEverything("campaigns");
        }
    }

    @ParameterizedTest
    @EnumSource
    void lateCorrectionsReplaceRowsAndTheirUnnestedRows(Product product) throws Exception {
        String[] streams = {"campaigns_analytics", "canvases_analytics"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync(streams);
            String campaign = synced.world.campaignIds().get(0);
            synced.world.correct("campaigns_analytics", campaign, DAY, "/messages/pigeon",
                    List.of(Map.of("sent", 3, "read", 2, "feathers", new BigDecimal("12345678901234567890.123456789"), "variation_name", "a\tb\\\n")));
            synced.world.remove("campaigns_analytics", campaign, DAY.plusDays(1), "messages");
            synced.world.add("canvases_analytics", synced.world.canvasIds().get(0), DAY, "/total_stats/entries", 7);
            Map<String, PassResult> results = synced.sync(streams);
            assertThat(results.get("campaigns_analytics").rows()).isEqualTo(2);
            assertThat(results.get("canvases_analytics").rows()).isEqualTo(1);
            synced.hasEverything(streams);
            UnnestedRows.equalTheirParents(synced.database);
            assertThat(synced.database.query("select channel from campaigns_analytics_messages where campaign_id = '" + campaign
                    + "' and " + synced.database.quoted("time") + " = date '" + DAY.plusDays(1) + "'")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDeletedLeavesTheListsButItsDaysStay(Product product) throws Exception {
        String[] lists = {"campaigns", "campaigns_details"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns", "campaigns_details", "campaigns_analytics");
            String campaign = synced.world.campaignIds().get(0);
            List<Map<String, Object>> days = synced.records("campaigns_analytics");
            synced.world.delete(campaign);
            synced.sync("campaigns", "campaigns_details", "campaigns_analytics");
            synced.hasEverything(lists);
            List<Map<String, Object>> expected = new ArrayList<>(synced.records("campaigns_analytics"));
            days.stream().filter(record -> record.get("campaign_id").equals(campaign)).forEach(expected::add);
            Rows.equal(synced.database, "campaigns_analytics", expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inDedupModeWhatIsDeletedIsMarkedAndWhatReturnsIsNot(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.modes.put("campaigns", SyncMode.INCREMENTAL_DEDUP);
            synced.database.placeholders.put("braze.include-archived", "false");
            synced.sync("campaigns");
            String campaign = synced.world.campaignIds().get(0);
            List<Object> active = Rows.stored(synced.database, "campaigns").stream().map(row -> row.get("id")).toList();
            assertThat(active).contains(campaign);
            synced.world.archive(campaign);
            assertThat(synced.sync("campaigns").get("campaigns").rows()).isEqualTo(1);
            assertThat(Rows.stored(synced.database, "campaigns")).hasSize(active.size() - 1).noneMatch(row -> row.get("id").equals(campaign));
            assertThat(synced.database.count("campaigns")).isEqualTo(active.size());
            assertThat(synced.sync("campaigns").get("campaigns").rows()).isZero();
            synced.world.unarchive(campaign);
            synced.sync("campaigns");
            Rows.equal(synced.database, "campaigns", synced.records("campaigns").stream().filter(record -> active.contains(record.get("id"))).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatLeavesItsListGetsTheMarksOfThatPassTogetherWithItsUnnestedRows(Product product) throws Exception {
        String[] streams = {"campaigns", "campaigns_details"};
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.database.modes.put("campaigns_details", SyncMode.INCREMENTAL_DEDUP);
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "campaigns").variant("campaigns_details", "campaigns_details",
                    "columns: >-", "unnest: \"campaigns_details_messages = messages.{message_id}\"\n                          columns: >-").files();
            synced.sync(streams);
            String gone = synced.world.campaignIds().get(0);
            synced.world.delete(gone);
            synced.clock.pass(Duration.ofMinutes(5));
            synced.sync(streams);
            Instant now = synced.clock.instant();
            Object pass = synced.database.query("select max(sync_id) pass from braze_syncs where stream = 'campaigns_details'").get(0).get("pass");
            assertThat(marks(synced, "_removed_at, _synced_at, _sync_id from campaigns_details where campaign_id = '" + gone + "'"))
                    .containsExactly(Map.of("_removed_at", now, "_synced_at", now, "_sync_id", pass));
            assertThat(marks(synced, "_synced_at, _sync_id from campaigns_details_messages where campaign_id = '" + gone + "'"))
                    .containsExactly(Map.of("_synced_at", now, "_sync_id", pass));
            assertThat(marks(synced, "_sync_id from campaigns_details_messages where campaign_id <> '" + gone + "'"))
                    .isNotEmpty().doesNotContain(Map.of("_sync_id", pass));
        }
    }

    private static List<Map<String, Object>> marks(Synced synced, String columns) throws Exception {
        List<Map<String, Object>> rows = synced.database.query("select distinct " + columns);
        rows.forEach(row -> row.replaceAll((column, value) -> value instanceof OffsetDateTime time ? time.toInstant() : value));
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWithoutAKeyStopsAnOverwriteWhichLeavesTheTableAsItWas(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns");
            List<Map<String, Object>> before = synced.records("campaigns");
            synced.world.rename(synced.world.campaignIds().get(1), "not to be stored yet");
            synced.world.override("campaigns", synced.world.campaignIds().get(0), "id", null);
            PassResult result = synced.database.sync("campaigns").get("campaigns");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).contains("a record has no valid id");
            Rows.equal(synced.database, "campaigns", before);
        }
    }

    /** As of one whose host has vanished: its server keeps session and locks until it gives it up. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void whoseTransactionHoldsItsLeaseIsBusyAndNotWaitedFor(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("segments");
            try (Connection other = synced.database.login.connect(); Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.executeQuery("select owner from braze_streams where stream = 'segments'"
                        + (product == Product.POSTGRES ? " for key share" : " lock in share mode"));
                Map<String, PassResult> results = synced.database.sync("segments", "campaigns");
                assertThat(results.get("segments").result()).isEqualTo(Result.BUSY);
                assertThat(results.get("campaigns").result()).isEqualTo(Result.COMPLETE);
            }
            synced.sync("segments", "campaigns");
            synced.hasEverything("segments", "campaigns");
        }
    }

    @Test
    void aDatabaseOfAnotherEncodingAndColumnsThatCompareOtherwiseAreRefused() throws Exception {
        try (Synced synced = new Synced(directory, NOW, Product.POSTGRES)) {
            synced.sync("campaigns");
            synced.database.execute("create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            synced.database.execute("alter table campaigns alter column name type text collate nocase");
            synced.sync("campaigns");
            synced.database.execute("alter table campaigns alter column id type varchar(512) collate nocase");
            assertThat(synced.database.sync("campaigns").get("campaigns").error()).contains("the column id of", "is varchar(512) collate nocase");
            Product.Login login = synced.database.login;
            String name = login.url().replaceFirst(".*/", "") + "_latin1";
            synced.database.execute("create database " + name + " encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
            synced.database.login = new Product.Login(login.url() + "_latin1", login.username(), login.password(), login.schema());
            assertThatThrownBy(() -> synced.database.sync("campaigns")).isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("the database's encoding is LATIN1, but Braze's texts need UTF8");
        }
    }

    private static Map<String, List<Map<String, Object>>> tables(Synced synced) throws Exception {
        Map<String, List<Map<String, Object>>> tables = new TreeMap<>();
        for (String stream : synced.database.streams.keySet()) {
            tables.put(stream, Rows.stored(synced.database, stream));
        }
        return tables;
    }
}
