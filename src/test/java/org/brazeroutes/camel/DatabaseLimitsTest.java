package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brazeroutes.demo.Answer;
import org.brazeroutes.demo.Fault;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values at the edge of what databases can hold: none stops a stream, none is lost or changed. */
class DatabaseLimitsTest {

    private static final String NOW = "2026-06-10T12:30:00Z";
    private static final LocalDate DAY = LocalDate.parse("2026-06-03");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void timesOutsideOfTheYearsOfEveryDatabaseAreKeptInExtra(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            String early = synced.world.campaignIds().get(0);
            String late = synced.world.campaignIds().get(1);
            String first = synced.world.campaignIds().get(2);
            String last = synced.world.campaignIds().get(3);
            synced.world.override("campaigns_details", early, "first_sent", "0000-06-01T00:00:00+00:00");
            synced.world.override("campaigns_details", late, "first_sent", "+12026-06-01T00:00:00+00:00");
            synced.world.override("campaigns_details", first, "first_sent", "0001-01-01T00:00:00+00:00");
            synced.world.override("campaigns_details", last, "first_sent", "9999-12-31T23:59:59.999999+00:00");
            synced.sync("campaigns", "campaigns_details");
            synced.hasEverything("campaigns_details");
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersOfAnySizeAreTheSameInsideObjects(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            String campaign = synced.world.campaignIds().get(0);
            synced.world.override("campaigns_details", campaign, "messages", Map.of("numbers", List.of(
                    new BigDecimal("12345678901234567890.123456789012345678901234567890"), new BigDecimal("0.1000"),
                    new BigInteger("9".repeat(300)), new BigDecimal("1E-300"), Long.MIN_VALUE, -0.0)));
            synced.world.correct("campaigns_analytics", campaign, DAY, "invented", new BigInteger("9".repeat(300)));
            synced.world.correct("campaigns_analytics", campaign, DAY, "revenue", new BigDecimal("0.12345678901234567890123"));
            synced.sync("campaigns", "campaigns_details", "campaigns_analytics");
            synced.hasEverything("campaigns_details", "campaigns_analytics");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNumberOfThousandsOfDigitsIsKept(Product product) throws Exception {
        String digits = "9".repeat(2_000);
        try (Synced synced = new Synced(directory, NOW, product)) {
            String campaign = synced.world.campaignIds().get(0);
            synced.simulator.fault(Fault.on("/campaigns/data_series").where("campaign_id", campaign).answer(Answer.body(
                    "{\"message\":\"success\",\"data\":[{\"time\":\"" + DAY + "\",\"conversions\":" + digits + ",\"messages\":{\"email\":[{\"sent\":" + digits + "}]}}]}")));
            synced.startsOn(DAY.toString());
            synced.sync("campaigns_analytics");
            assertThat(Rows.stored(synced.database, "campaigns_analytics")).filteredOn(row -> row.get("campaign_id").equals(campaign)).singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("_extra", JsonValue.plain(Map.of("conversions", new BigInteger(digits))))
                            .containsEntry("messages", JsonValue.plain(Map.of("email", List.of(Map.of("sent", new BigInteger(digits)))))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void objectsMayBeNestedDeeply(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            Object nested = "innermost";
            for (int depth = 0; depth < 200; depth++) {
                nested = depth % 2 == 0 ? List.of(nested) : Map.of("inner", nested);
            }
            synced.world.override("campaigns_details", synced.world.campaignIds().get(0), "messages", Map.of("deep", nested));
            synced.sync("campaigns", "campaigns_details");
            synced.hasEverything("campaigns_details");
        }
    }

    @ParameterizedTest
    @EnumSource
    void textOfSomeMegabytesAndOfAnyCharacterIsTheSame(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            List<String> ids = synced.world.campaignIds();
            StringBuilder every = new StringBuilder();
            for (int c = 0; c < 0x3000; c++) {
                every.append((char) c);
            }
            every.append("\\N \\. \\\\ \ud83d\ude80 \ud800 \udc00 \ufeff ' \" ` ? :name {{x}} ${body} \r\n\t ");
            synced.world.override("campaigns_details", ids.get(0), "name", every.toString());
            synced.world.override("campaigns_details", ids.get(1), "name", "\\.");
            synced.world.override("campaigns_details", ids.get(2), "name", "\\N");
            synced.world.override("campaigns_details", ids.get(3), "name", "");
            synced.world.override("campaigns_details", ids.get(4), "name", " ");
            synced.world.override("campaigns_details", ids.get(5), "messages", Map.of(every.toString(), List.of(every.toString())));
            synced.world.override("campaigns_details", ids.get(6), "description", "long ".repeat(1_000_000));
            synced.sync("campaigns", "campaigns_details");
            synced.hasEverything("campaigns_details");
            assertThat(synced.sync("campaigns_details").get("campaigns_details").rows()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesThatDatabasesLikeToMergeAreKeysOfTheirOwn(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            List<String> names = new ArrayList<>(List.of("Purchase", "purchase", "Purchase ", "Purch\u00e4se", "Purcha\u0308se", "Strasse",
                    "Stra\u00dfe", "\ud83d\ude80", "\ud83d\ude81", "tab\there", "back\\slash", "percent%", "under_score", "quote'\"`"));
            names.add("\ud83d\ude80".repeat(256));
            names.add("\u20ac".repeat(512));
            names.forEach(synced.world::addEvent);
            synced.sync("events", "events_analytics");
            synced.hasEverything("events", "events_analytics");
            assertThat(synced.sync("events", "events_analytics").values()).allSatisfy(result -> assertThat(result.rows()).isZero());
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersThatNoDatabaseCanHoldAreKeptAsText(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            String campaign = synced.world.campaignIds().get(0);
            synced.simulator.fault(Fault.on("/campaigns/details").where("campaign_id", campaign).answer(Answer.body(
                    "{\"message\":\"success\",\"name\":\"large\",\"messages\":{\"large\":1e200000,\"small\":-1.50e-20000,\"fits\":1e300}}")));
            synced.sync("campaigns", "campaigns_details");
            Map<String, Object> row = Rows.stored(synced.database, "campaigns_details").stream()
                    .filter(stored -> stored.get("campaign_id").equals(campaign)).findFirst().orElseThrow();
            assertThat(row.get("messages")).isEqualTo(JsonValue.plain(Map.of("large", "1E+200000", "small", "-1.50E-20000",
                    "fits", new BigDecimal("1e300"))));
        }
    }
}
