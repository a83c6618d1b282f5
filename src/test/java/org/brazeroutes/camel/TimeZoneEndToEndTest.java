package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.demo.EndingAt;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.routes.RouteFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days end in the workspace's zone, whatever the clocks and the settings say. */
class TimeZoneEndToEndTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"Asia/Seoul, 10", "Asia/Seoul, 20", "America/Los_Angeles, 03", "America/Los_Angeles, 20"})
    void aWorkspaceInAnotherZoneThanConfiguredLosesNoDayAndIsWarnedOfWhenTodayDiffers(String real, String hour) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T" + hour + ":30:00Z", Synced.tiny().zone(ZoneId.of(real)), Synced.filled())) {
            synced.database.zone = ZoneId.of("UTC");
            synced.startsOn("2025-12-20");
            for (int day = 10; day < 13; day++) {
                synced.clock.set("2026-06-" + day + "T" + hour + ":30:00Z");
                LocalDate configured = LocalDate.of(2026, 6, day);
                LocalDate newest = synced.world.today();
                Map<String, PassResult> results = synced.sync();
                synced.hasSeries(synced.start(), newest.isBefore(configured) ? newest : configured);
                List<String> notes = results.values().stream().flatMap(result -> result.notes().stream())
                        .filter(note -> note.contains("braze.time-zone")).toList();
                if (newest.equals(configured)) {
                    assertThat(notes).isEmpty();
                } else {
                    assertThat(notes).isNotEmpty().allSatisfy(note -> assertThat(note).contains("newest day is " + newest)
                            .contains("today is " + configured).contains(real.startsWith("Asia") ? "Asia/" : real));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INCLUSIVE", "HALF_OPEN"})
    void seriesAloneInAnotherZoneLoseNoRow(EndingAt model) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T20:30:00Z", Synced.tiny().zone(ZoneId.of("Asia/Seoul")),
                Synced.filled().endingAt(model))) {
            synced.database.zone = ZoneId.of("UTC");
            synced.startsOn("2025-11-01");
            synced.sync(Synced.KPIS.toArray(String[]::new));
            for (String kpi : Synced.KPIS) {
                Rows.equal(synced.database, kpi, synced.records(kpi, synced.start(), LocalDate.parse("2026-06-10")));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin, 2026-03-29", "Europe/Berlin, 2026-10-25", "America/New_York, 2026-03-08", "America/New_York, 2026-11-01",
        "Pacific/Auckland, 2026-04-05", "Pacific/Auckland, 2026-09-27"})
    void everyDayIsThereAroundAChangeOfClocks(String zone, LocalDate change) throws Exception {
        ZoneId id = ZoneId.of(zone);
        try (Synced synced = new Synced(directory, "2026-01-01T00:00:00Z", Synced.tiny().zone(id), Synced.filled())) {
            synced.startsOn(change.minusDays(20).toString());
            for (ZonedDateTime now : List.of(change.atTime(0, 10).atZone(id), change.atTime(23, 50).atZone(id),
                    change.plusDays(1).atTime(0, 10).atZone(id))) {
                synced.clock.set(now.toInstant().toString());
                Map<String, PassResult> results = synced.sync();
                synced.hasSeries(synced.start(), now.toLocalDate());
                assertThat(results.values()).allSatisfy(result -> assertThat(result.notes()).isEmpty());
            }
        }
    }

    /** In Nuuk the clocks go from 22:59:59 to midnight on the eve of summer. */
    @Test
    void aDayWithoutALastHourIsNamedByItsOwnLastSecond() throws Exception {
        try (Synced synced = new Synced(directory, "2026-04-10T12:30:00Z", Synced.tiny().zone(ZoneId.of("America/Nuuk")), Synced.filled())) {
            LocalDate eve = LocalDate.parse("2026-03-28");
            synced.startsOn(eve.minusDays(99).toString());
            synced.sync("kpi_daily_new_users");
            assertThat(synced.requests("/kpi/new_users/data_series").get(0).query()).containsEntry("ending_at", "2026-03-28T22:59:59-02:00");
            assertThat(synced.windows()).extracting(Window::last).startsWith(eve);
            synced.hasEverything("kpi_daily_new_users");
        }
    }

    @Test
    void anotherZoneInTheSettingsReadsAllDaysAgain() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", Synced.tiny().zone(ZoneId.of("Asia/Seoul")), Synced.filled())) {
            synced.database.zone = ZoneId.of("UTC");
            synced.startsOn("2025-12-20");
            synced.sync();
            synced.simulator.log().clear();
            synced.database.zone = ZoneId.of("Asia/Seoul");
            synced.sync();
            synced.hasEverything();
            assertThat(synced.windows().stream().map(Window::first).min(LocalDate::compareTo)).contains(synced.start());
            assertThat(synced.windows().stream().filter(window -> window.first().equals(synced.start()))).hasSize(3 + 2 + 2 + 2 + 3 + 3);
            synced.simulator.log().clear();
            synced.sync();
            assertThat(synced.windows()).isNotEmpty().allSatisfy(window -> assertThat(window.first()).isAfterOrEqualTo(LocalDate.parse("2026-05-09")));
        }
    }

    @Test
    void aStreamWhoseRouteWasAwayWhenTheZoneChangedIsReadAgainToo() throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z", Synced.tiny(), Synced.filled())) {
            synced.startsOn("2026-01-20");
            synced.sync();
            RouteFiles all = synced.database.routes;
            synced.database.routes = RouteFiles.find(Optional.of(new RouteFolder(directory.resolve("some")).with("segments", "segments_analytics", "errors").path), false);
            synced.database.zone = ZoneId.of("Asia/Seoul");
            synced.sync("segments_analytics");
            synced.database.routes = all;
            synced.simulator.log().clear();
            synced.sync("kpi_daily_new_users");
            assertThat(synced.windows().stream().map(Window::first).min(LocalDate::compareTo)).contains(synced.start());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT24H", "PT-24H"})
    void todayIsBrazesWhenThisMachinesClockIsWrong(Duration off) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T00:20:00Z", Synced.tiny(), Synced.filled())) {
            synced.database.clock = Clock.offset(synced.clock, off);
            synced.startsOn("2026-02-01");
            synced.sync();
            synced.hasEverything();
            synced.clock.set("2026-06-10T23:40:00Z");
            synced.sync();
            synced.hasEverything();
        }
    }
}
