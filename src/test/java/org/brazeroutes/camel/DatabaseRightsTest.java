package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users who may not do everything: one line says what the database refused and what to do. */
class DatabaseRightsTest {

    private static final String NOW = "2026-06-10T12:30:00Z";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aUserWhoMayNotCreateTablesIsToldSoInOneLine(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            loginAs(synced, "may_read");
            assertThat(check(synced)).matches("jdbc:.* denied .* Grant the user of sink.jdbc.username .*");
            assertRefused(catchThrowable(() -> synced.database.sync("campaigns")), "sink.jdbc.username");
            synced.database.sink = new SinkOptions.Endpoint("log:braze", "log:braze");
            assertRefused(catchThrowable(() -> synced.database.sync("campaigns")), "state.jdbc.username");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aUserWhoMayNotCreateTheSchemaIsToldSoInOneLine(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            loginAs(synced, "may_not_create");
            synced.database.schema = "schema_of_nobody";
            assertRefused(catchThrowable(() -> synced.database.sync("campaigns")), "sink.jdbc.username");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aCheckOfAUserWhoMayCreateTablesLeavesNothingBehind(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            assertThat(check(synced)).isEmpty();
            assertThat(tables(synced.database.login)).isEmpty();
            synced.database.schema = "made_by_a_sync";
            assertThat(check(synced)).isEmpty();
            synced.sync("campaigns");
            assertThat(check(synced)).isEmpty();
            synced.hasEverything("campaigns");
        }
    }

    @Test
    void aCheckOfAUserWhoMayNotDropTablesSaysWhatItLeavesUntilItMay() throws Exception {
        try (Synced synced = new Synced(directory, NOW, Product.MARIADB)) {
            Product.Login admin = synced.database.login;
            loginAs(synced, "drops_nothing");
            String database = " on " + admin.schema() + ".* to " + user(synced);
            execute(admin, "grant create, create temporary tables, insert, update, delete" + database);
            String left = "the empty table braze_check of a check stays, for the user of sink.jdbc.username may not drop it. Drop it, or grant DROP; "
                    + "nothing but 'reset --drop' needs that right";
            for (int checks = 1; checks <= 2; checks++) {
                assertThat(checkOfDatabase(synced)).extracting(Check::verdict, Check::detail).containsExactly(Check.Verdict.OK, left);
            }
            assertThat(tables(admin)).containsExactly("braze_check");
            execute(admin, "grant drop" + database);
            assertThat(check(synced)).isEmpty();
            assertThat(tables(admin)).isEmpty();
            execute(admin, "revoke drop" + database.replace(" to ", " from "));
            synced.sync("campaigns");
            synced.hasEverything("campaigns");
        }
    }

    @Test
    void aCheckDropsNoTableOfSomebodyWhoNamedItAsItsOwn() throws Exception {
        try (Synced synced = new Synced(directory, NOW, Product.MARIADB)) {
            execute(synced.database.login, "create table braze_check (id bigint)", "insert into braze_check values (7)");
            assertThat(check(synced)).isEmpty();
            assertThat(synced.database.query("select id from braze_check")).containsExactly(Map.of("id", 7L));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aCheckNeedsNoRightToCreateWhatIsThere(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync();
            Product.Login admin = synced.database.login;
            loginAs(synced, "changes_rows");
            String rights = "grant " + (product == Product.MARIADB ? "create temporary tables, " : "") + "select, insert, update, delete on ";
            execute(admin, rights + (product == Product.POSTGRES ? "all tables in schema public" : admin.schema() + ".*") + " to " + user(synced));
            assertThat(check(synced)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aCheckTellsAUserWhoMayOnlyReadWhatIsThere(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync("campaigns");
            Product.Login admin = synced.database.login;
            loginAs(synced, "reads_only");
            if (product == Product.POSTGRES) {
                execute(admin, "grant select on all tables in schema public to " + user(synced));
            }
            assertThat(check(synced)).matches("jdbc:.* denied .* Grant the user of sink.jdbc.username .*");
        }
    }

    /** What a check says of the database; empty if that is well. */
    private static String check(Synced synced) throws Exception {
        return checkOfDatabase(synced).detail();
    }

    private static Check checkOfDatabase(Synced synced) throws Exception {
        List<Check> database = new ArrayList<>();
        try (Checker checker = new Checker(synced.database.options(), database::add)) {
            checker.check();
        }
        return database.stream().filter(check -> check.subject().startsWith("sink and state ")).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aTableThatMayNotBeWrittenAnyMoreFailsItsStreamAloneUntilItMay(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            Product.Login admin = synced.database.login;
            loginAs(synced, "writes");
            execute(admin, product == Product.POSTGRES ? "grant all on schema public to " + user(synced)
                    : "grant all on " + admin.schema() + ".* to " + user(synced));
            synced.sync("campaigns", "segments");
            takeAway(product, admin, user(synced));
            synced.world.rename(synced.world.campaignIds().get(0), "Renamed");
            synced.world.rename(synced.world.segmentIds().get(0), "Renamed");
            var results = synced.database.sync("campaigns", "segments");
            assertThat(results.get("segments").result()).isEqualTo(Result.COMPLETE);
            assertThat(results.get("campaigns").result()).isEqualTo(Result.FAILED);
            assertThat(check(synced)).matches("jdbc:.* denied .*campaigns.* Grant .*");
            assertThat(results.get("campaigns").error()).matches("campaigns: jdbc:.* denied .*campaigns.* Grant .*").doesNotContain("\n");
            giveBack(product, admin, user(synced));
            synced.sync("campaigns", "segments");
            synced.hasEverything("campaigns", "segments");
        }
    }

    private static void takeAway(Product product, Product.Login admin, String user) throws Exception {
        if (product == Product.POSTGRES) {
            execute(admin, "alter table campaigns owner to postgres", "revoke all on campaigns from " + user, "grant select on campaigns to " + user);
            return;
        }
        execute(admin, "revoke all on " + admin.schema() + ".* from " + user, "grant create temporary tables on " + admin.schema() + ".* to " + user);
        for (String table : tables(admin)) {
            execute(admin, "grant " + (table.equals("campaigns") ? "select" : "all") + " on " + admin.schema() + "." + table + " to " + user);
        }
    }

    private static List<String> tables(Product.Login login) throws Exception {
        List<String> names = new ArrayList<>();
        try (Connection connection = login.connect(); ResultSet tables = connection.createStatement().executeQuery(
                "select table_name from information_schema.tables where table_schema = '" + login.schema() + "'")) {
            while (tables.next()) {
                names.add(tables.getString(1));
            }
        }
        return names;
    }

    private static void giveBack(Product product, Product.Login admin, String user) throws Exception {
        execute(admin, product == Product.POSTGRES ? "grant all on campaigns to " + user : "grant all on " + admin.schema() + ".* to " + user);
    }

    /** From now on a user of that name, with a password and no rights but to enter the database. */
    private static void loginAs(Synced synced, String name) throws Exception {
        Product.Login admin = synced.database.login;
        String user = name + "_" + admin.url().replaceFirst(".*/(\\w+).*", "$1");
        String account = "'" + user + "'@'localhost'";
        if (synced.database.product == Product.POSTGRES) {
            execute(admin, "revoke create on schema public from public", "create role " + user + " login password 'secret word'");
        } else {
            execute(admin, "create user " + account + " identified by 'secret word'", "grant select on " + admin.schema() + ".* to " + account);
        }
        synced.database.login = new Product.Login(admin.url(), user, "secret word", admin.schema());
    }

    /** The user as statements name it. */
    private static String user(Synced synced) {
        String user = synced.database.login.username();
        return synced.database.product == Product.POSTGRES ? user : "'" + user + "'@'localhost'";
    }

    private static void execute(Product.Login login, String... statements) throws Exception {
        for (String sql : statements) {
            Product.execute(login, sql);
        }
    }

    private static void assertRefused(Throwable thrown, String user) {
        assertThat(thrown).isInstanceOf(DatabaseException.class);
        assertThat(thrown.getMessage()).matches("jdbc:.* denied .* Grant the user of " + user + " .*").doesNotContain("secret word", "\n");
    }
}
