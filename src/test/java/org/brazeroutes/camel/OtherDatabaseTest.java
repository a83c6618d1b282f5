package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.stream.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database of another product, here HSQLDB: records are appended, in standard SQL. */
class OtherDatabaseTest {

    private static final String[] STREAMS = {"campaigns", "campaigns_details", "campaigns_analytics", "canvases_analytics", "kpi_daily_new_users"};

    @TempDir
    private Path directory;

    private Synced synced() {
        Synced synced = new Synced(directory, "2026-06-10T12:30:00Z");
        synced.database.login = new Product.Login("jdbc:hsqldb:file:" + directory.resolve("other") + ";shutdown=true;sql.pad_space=false", "SA", "", "PUBLIC");
        return synced;
    }

    @Test
    void recordsAreAppendedWithEveryValue() throws Exception {
        try (Synced synced = synced()) {
            Map<String, PassResult> results = synced.sync(STREAMS);
            assertThat(results.get("campaigns_analytics").mode()).isEqualTo(SyncMode.INCREMENTAL_APPEND.text());
            assertThat(results.get("campaigns").mode()).isEqualTo(SyncMode.FULL_REFRESH_APPEND.text());
            for (String stream : STREAMS) {
                Rows.equal(synced.database, stream, finished(synced, stream));
            }
            UnnestedRows.equalTheirParents(synced.database);
            long campaigns = synced.database.count("campaigns");
            long days = synced.database.count("campaigns_analytics");
            synced.world.correct("campaigns_analytics", synced.world.campaignIds().get(0), LocalDate.parse("2026-06-01"), "conversions", 4711);
            synced.clock.pass(Duration.ofMinutes(5));
            synced.sync("campaigns", "campaigns_analytics");
            assertThat(synced.database.count("campaigns")).isEqualTo(2 * campaigns);
            assertThat(synced.database.count("campaigns_analytics")).isEqualTo(days + 1);
        }
    }

    @Test
    void aDatabaseThatTakesANameWithABlankBehindItForTheSameIsRefused() throws Exception {
        try (Synced synced = synced()) {
            synced.database.login = new Product.Login("jdbc:hsqldb:file:" + directory.resolve("padding") + ";shutdown=true", "SA", "", "PUBLIC");
            assertThatThrownBy(() -> synced.database.sync("campaigns")).isInstanceOf(DatabaseException.class).message()
                    .contains("'Purchase '", ";sql.pad_space=false", "sink.jdbc.url").doesNotContain("\n");
        }
    }

    @Test
    void twoWorkspacesWithPrefixesDoNotDisturbEachOther() throws Exception {
        try (Synced first = synced(); Synced second = synced()) {
            first.database.prefix = "first_";
            second.database.prefix = "second_";
            first.simulator.fault(Fault.on("/campaigns/details").after(5).times(1).answer(Answer.regularAfter(() -> {
                try {
                    second.sync("campaigns_details");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            })));
            first.sync("campaigns_details");
            first.hasEverything("campaigns_details");
            second.hasEverything("campaigns_details");
        }
    }

    /** HSQLDB may wait for itself for ever where a table that its sessions share, be it a temporary one, is dropped while a connection opens. */
    @Test
    void aPassMakesNoTablesForATimeThatAllSessionsShare() throws Exception {
        try (Synced synced = synced()) {
            List<Object> shared = new ArrayList<>();
            synced.simulator.fault(Fault.on("/campaigns/details").after(5).answer(Answer.regularAfter(() -> {
                try {
                    synced.database.query("select table_name from information_schema.tables where table_type like '%TEMPORARY%'").forEach(shared::add);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            })));
            synced.sync("campaigns", "campaigns_details");
            assertThat(shared).isEmpty();
            synced.hasEverything("campaigns", "campaigns_details");
        }
    }

    private static List<Map<String, Object>> finished(Synced synced, String stream) {
        return synced.records(stream).stream().filter(record -> !synced.world.today().toString().equals(record.get("time"))).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL_REFRESH_OVERWRITE", "INCREMENTAL_DEDUP"})
    void modesThatReplaceRowsAreRefusedInOneLine(SyncMode mode) throws Exception {
        try (Synced synced = synced()) {
            synced.database.modes.put("campaigns_analytics", mode);
            assertThatThrownBy(() -> synced.database.sync("campaigns_analytics")).message()
                    .isEqualTo("stream.campaigns_analytics.mode is " + mode.text() + "; this stream and target have incremental_append, "
                            + "full_refresh_append. Rows are replaced in H2, PostgreSQL, MariaDB and MySQL only; in other databases take the "
                            + "newest _synced_at of each key");
        }
    }
}
