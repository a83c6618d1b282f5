package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that cannot be used, or not any more. */
class DatabaseFailureTest {

    private static final String NOW = "2026-06-10T12:30:00Z";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aWrongPasswordIsOneLineThatDoesNotShowIt(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            Product.Login right = synced.database.login;
            if (product == Product.POSTGRES) {
                Servers.askForPassword(right, "guest", "hunter1");
            } else {
                synced.database.execute("create user guest@localhost identified by 'hunter1'");
            }
            synced.database.login = new Product.Login(right.url(), "guest", "hunter2", right.schema());
            assertThatThrownBy(() -> synced.database.sync("campaigns")).isInstanceOf(DatabaseException.class).message()
                    .startsWith("cannot open " + right.url()).contains("guest").doesNotContain("hunter").doesNotContain("\n");
        }
    }

    @Test
    void aMariaDbUrlWithoutADatabaseIsOneLine() throws Exception {
        try (Synced synced = new Synced(directory, NOW, Product.MARIADB)) {
            Product.Login login = synced.database.login;
            synced.database.login = new Product.Login(login.url().replaceFirst("(//[^/]+/)\\w+", "$1"), login.username(), login.password(), login.schema());
            synced.database.schema = login.schema();
            assertThatThrownBy(() -> synced.database.sync("campaigns")).isInstanceOf(DatabaseException.class).message()
                    .contains("the URL names no database, add its name behind the host. Mend sink.jdbc.url").doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://nowhere.invalid/x", "jdbc:mariadb://nowhere.invalid/x"})
    void aDatabasesUnknownHostIsNamed(String url) throws Exception {
        try (Synced synced = new Synced(directory, NOW)) {
            synced.database.login = new Product.Login(url, "", "", "");
            assertThatThrownBy(() -> synced.database.sync("campaigns")).isInstanceOf(DatabaseException.class).message()
                    .startsWith("cannot open " + url + ": the host nowhere.invalid is unknown. Check sink.jdbc.url").doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://localhost/x", "jdbc:oracle:thin:@localhost:1521/x"})
    void aMissingDriverIsOneLineThatNamesLib(String url) throws Exception {
        try (Synced synced = new Synced(directory, NOW)) {
            synced.database.login = new Product.Login(url, "", "", "");
            assertThatThrownBy(() -> synced.database.sync("campaigns")).isInstanceOf(DatabaseException.class).message()
                    .startsWith("there is no driver for " + url.replaceFirst("^(jdbc:\\w+:).*", "$1")).contains("lib").doesNotContain("\n");
        }
    }

    @Test
    void anInnerKeyThatIsTooLongForMariaDbIsReportedInOneLineAndTheOtherCampaignsAreStored() throws Exception {
        try (Synced synced = new Synced(directory, NOW, Product.MARIADB)) {
            String campaign = synced.world.campaignIds().get(0);
            synced.world.correct("campaigns_analytics", campaign, LocalDate.parse("2026-06-01"), "/messages/" + "c".repeat(80),
                    List.of(Map.of("sent", 1)));
            PassResult result = synced.database.sync("campaigns_analytics").get("campaigns_analytics");
            assertThat(result.result()).isEqualTo(Result.PARTIAL);
            assertThat(result.error()).contains("the channel of 80 characters cannot be a key of campaigns_analytics_messages (64 at most)"
                    + "; set sink.jdbc.unnest=false").doesNotContain("\n");
            Rows.equal(synced.database, "campaigns_analytics", synced.records("campaigns_analytics").stream()
                    .filter(record -> !record.get("campaign_id").equals(campaign)).toList());
            synced.database.unnest = false;
            synced.sync("campaigns_analytics");
            synced.hasEverything("campaigns_analytics");
        }
    }

    @Test
    void aKeyThatIsTooLongForItsPlaceInMariaDbIsReportedAndTheOtherCampaignsAreStored() throws Exception {
        try (Synced synced = new Synced(directory, NOW, Product.MARIADB)) {
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors")
                    .variant("campaigns", "campaigns", "primaryKey: id", "primaryKey: id, name").files();
            String tooLong = synced.world.campaignIds().get(0);
            synced.world.rename(tooLong, "n".repeat(65));
            synced.world.rename(synced.world.campaignIds().get(1), "n".repeat(64));
            PassResult result = synced.database.sync("campaigns").get("campaigns");
            assertThat(result.result()).isEqualTo(Result.PARTIAL);
            assertThat(result.error()).contains("the name of 65 characters cannot be a key (64 at most)").doesNotContain("\n");
            Rows.equal(synced.database, "campaigns", synced.records("campaigns").stream().filter(record -> !record.get("id").equals(tooLong)).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatBrazeSaysIsInTheHistoryInOneLineWhateverItsCharacters(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.simulator.fault(Fault.on("/campaigns/list").answer(Answer.status(400, "application/json",
                    "{\"message\":\"not\\u0000 so\\n\\u001b[31mred\\u009b\\ud800\"}")));
            PassResult failed = synced.database.sync("campaigns").get("campaigns");
            assertThat(failed.error()).contains("not so [31mred").matches("\\P{Cc}*");
            assertThat(synced.database.query("select error from braze_syncs where stream = 'campaigns'"))
                    .extracting(row -> row.get("error")).containsExactly(failed.error());
        }
    }
}
