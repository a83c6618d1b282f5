package org.brazeroutes.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseSettings;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Cursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

    private static final Cursor CURSOR = new Cursor(LocalDate.parse("2024-01-01"), LocalDate.parse("2024-04-09"));
    private static final String HOSTILE = "'; DROP TABLE events; -- \uD83D\uDE00 %_\\";

    @TempDir
    Path directory;
    private Database database;
    private StateStore state;

    @BeforeEach
    void open() {
        String url = "jdbc:h2:file:" + directory.resolve("braze");
        database = Database.open(new DatabaseSettings(url, "", "", "", "", 5, url));
        state = StateStore.open(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void cursorsAreKeptByStreamAndPartitionWhateverItsName() {
        save("events_analytics", HOSTILE, CURSOR);
        save("events_analytics", "a", CURSOR);
        save("events_analytics", "A ", new Cursor(CURSOR.first(), CURSOR.first()));
        assertThat(state.cursors("events_analytics", List.of(HOSTILE, "A", "A ", "b"))).hasSize(2)
                .containsEntry(HOSTILE, CURSOR).containsEntry("A ", new Cursor(CURSOR.first(), CURSOR.first()));
        assertThat(state.cursors("cards_analytics", List.of("a"))).isEmpty();
        assertThat(state.cursorRange("events_analytics")).isEqualTo(new Cursor(CURSOR.first(), CURSOR.last()));
    }

    @Test
    void aNoteIsKeptBesideTheCursorUntilItIsForgotten() {
        save("campaigns_analytics", "a", CURSOR);
        state.saveSeen("campaigns_analytics", "a", "2024-03-01T10:00:00+00:00");
        state.saveSeen("campaigns_details", "a", HOSTILE);
        assertThat(state.seen("campaigns_analytics", List.of("a", "b"))).isEqualTo(Map.of("a", "2024-03-01T10:00:00+00:00"));
        assertThat(state.seen("campaigns_details", List.of("a"))).isEqualTo(Map.of("a", HOSTILE));
        state.saveSeen("campaigns_analytics", "a", null);
        assertThat(state.seen("campaigns_analytics", List.of("a"))).isEmpty();
        assertThat(state.cursors("campaigns_analytics", List.of("a"))).containsEntry("a", CURSOR);
        assertThat(state.cursors("campaigns_details", List.of("a"))).isEmpty();
        state.reset("campaigns_details");
        assertThat(state.seen("campaigns_details", List.of("a"))).isEmpty();
    }

    @Test
    void fingerprintsAreReplacedTogetherAndOnlyIfThereAreNewOnes() {
        LocalDate day = LocalDate.parse("2024-03-01");
        Map<LocalDate, String> two = Map.of(day, "a1", day.plusDays(1), "");
        save("s", new Checkpoint("p", CURSOR, two));
        save("s", new Checkpoint("q", CURSOR, Map.of()));
        save("s", new Checkpoint("r", CURSOR, null));
        assertThat(state.prints("s", List.of("p", "q", "r", "t"))).isEqualTo(Map.of("p", two, "q", Map.of()));
        save("s", new Checkpoint("p", null, null));
        assertThat(state.prints("s", List.of("p"))).containsEntry("p", two);
        save("s", new Checkpoint("p", null, Map.of(day.plusDays(1), "b2")), new Checkpoint("p", null, Map.of(day.plusDays(2), "c3")));
        assertThat(state.prints("s", List.of("p"))).as("of one partition the last counts").isEqualTo(Map.of("p", Map.of(day.plusDays(2), "c3")));
        assertThat(state.cursors("s", List.of("p"))).containsEntry("p", CURSOR);
        state.reset("s");
        assertThat(state.prints("s", List.of("p", "q"))).isEmpty();
    }

    @Test
    void cursorIsNotSavedIfItsTransactionFails() {
        assertThatThrownBy(() -> database.transaction(connection -> {
            state.save(connection, "s", List.of(new Checkpoint("p", CURSOR, null)));
            throw new IllegalStateException("the rows were refused");
        })).hasMessage("the rows were refused");
        assertThat(state.cursors("s", List.of("p"))).isEmpty();
    }

    @Test
    void theStateOfTheFirstBuildsGetsTheColumnsItLacks() {
        save("campaigns_analytics", "a", CURSOR);
        database.transaction(connection -> {
            Sql.execute(connection, "alter table braze_cursors drop column seen");
            Sql.execute(connection, "alter table braze_cursors drop column prints");
            return null;
        });
        state = StateStore.open(database);
        assertThat(state.cursors("campaigns_analytics", List.of("a"))).isEqualTo(Map.of("a", CURSOR));
        assertThat(state.seen("campaigns_analytics", List.of("a"))).isEmpty();
        assertThat(state.prints("campaigns_analytics", List.of("a"))).isEmpty();
    }

    @Test
    void goneIsNewsOnceAndKeepsTheCursor() {
        save("s", "p", CURSOR);
        assertThat(state.saveGone("s", "p")).isTrue();
        assertThat(state.saveGone("s", "p")).isFalse();
        assertThat(state.cursors("s", List.of("p"))).containsEntry("p", CURSOR);
        save("s", "p", CURSOR);
        assertThat(state.saveGone("s", "p")).as("gone again after it was back").isTrue();
    }

    @Test
    void resetForgetsOneStreamOnly() {
        save("s", "p", CURSOR);
        save("t", "p", CURSOR);
        state.saveListed("s", new StateStore.Listed(3, true, Set.of("a")));
        state.reset("s");
        assertThat(state.cursors("s", List.of("p"))).isEmpty();
        assertThat(state.cursorRange("s")).isNull();
        assertThat(state.listed("s")).isEqualTo(StateStore.Listed.NOTHING);
        assertThat(state.cursors("t", List.of("p"))).containsEntry("p", CURSOR);
    }

    @Test
    void settingsAndListingsAreReplaced() {
        state.saveSetting("zone", "UTC");
        state.saveSetting("zone", HOSTILE);
        assertThat(state.setting("zone")).contains(HOSTILE);
        assertThat(state.setting("other")).isEmpty();
        StateStore.Listed listed = new StateStore.Listed(3, false, Set.of("a", "-1b", "c"));
        state.saveListed("s", new StateStore.Listed(1, true, Set.of("d")));
        state.saveListed("s", listed);
        assertThat(state.listed("s")).isEqualTo(listed);
        assertThat(state.listed("t")).isEqualTo(StateStore.Listed.NOTHING);
        state.saveListed("s", new StateStore.Listed(5000, false, Set.of()));
        assertThat(state.listed("s")).as("too many to know them").isEqualTo(new StateStore.Listed(5000, false, Set.of()));
    }

    @Test
    void historyKeepsTheNewestHundredPasses() throws Exception {
        for (int i = 1; i <= 103; i++) {
            state.history().save(sync(i, "partial"));
        }
        state.history().save(sync(103, "complete"));
        assertThat(state.history().last()).containsOnlyKeys("s").containsEntry("s", sync(103, "complete"));
        List<Long> kept = database.transaction(connection -> Sql.query(connection,
                "select min(sync_id), count(*) from braze_syncs", row -> List.of(row.getLong(1), row.getLong(2)))).get(0);
        assertThat(kept).containsExactly(4L, 100L);
    }

    @Test
    void theLastCompletePassOfEachStreamIsKnown() {
        Instant noon = Instant.parse("2026-06-10T12:00:00Z");
        state.history().save(sync("events", 1, "complete", noon));
        state.history().save(sync("events", 2, "complete", noon.plusSeconds(3600)));
        state.history().save(sync("events", 3, "failed", noon.plusSeconds(7200)));
        state.history().save(sync("cards", 3, "skipped", noon));
        assertThat(state.history().lastEnded("complete")).isEqualTo(Map.of("events", noon.plusSeconds(3600)));
    }

    private static SyncRecord sync(String stream, long id, String result, Instant ended) {
        return new SyncRecord(stream, id, "incremental_dedup", result, 0, 0, 0, 0, 0, ended, ended, null, null, null);
    }

    @Test
    void whenAProcessStartedIsToldAlikeWhateverTheTimeOfDay() throws Exception {
        long before = Owner.self().started();
        Process child = new ProcessBuilder("sleep", "30").start();
        try {
            long uptime = (long) (100 * Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]));
            assertThat(before).as("in ticks since the boot").isPositive().isLessThanOrEqualTo(uptime);
            Owner living = new Owner("x", Owner.self().host(), child.pid(), before);
            assertThat(living.gone(Owner.self())).as("of another start").isTrue();
            assertThat(Owner.self().gone(Owner.self())).isFalse();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aStreamHasOneOwnerUntilItIsReleased() {
        Leases mine = new Leases(database, Owner.self());
        Leases other = new Leases(database, new Owner("other", "elsewhere", 1, 1));
        assertThat(mine.take("s", 1000)).contains(1000L);
        assertThat(other.take("s", 2000)).isEmpty();
        assertThat(other.take("t", 2000)).contains(2000L);
        assertThatThrownBy(() -> database.transaction(connection -> {
            other.check(connection, "s");
            return null;
        })).isInstanceOf(LeaseLostException.class);
        mine.release("s");
        assertThat(other.take("s", 5)).as("numbers only grow").contains(1001L);
        assertThat(mine.take("s", 5)).isEmpty();
        assertThat(mine.lastSyncId()).isEqualTo(2000L);
    }

    @Test
    void leaseOfAProcessThatIsGoneFromThisHostIsFreeAtOnce() {
        Owner self = Owner.self();
        new Leases(database, new Owner("dead", self.host(), self.pid(), self.started() - 1)).take("s", 10);
        assertThat(new Leases(database, self).take("s", 5)).contains(11L);
    }

    @Test
    void aLeaseThatIsRenewedOrGivenFreeHasALivingOwnerAndIsNotTaken() {
        Leases away = new Leases(database, new Owner("away", "elsewhere", 1, 1));
        Leases mine = new Leases(database, Owner.self());
        away.take("s", 10);
        assertThat(mine.takeFromDead("s", 5, time -> away.renew())).isEmpty();
        assertThat(mine.takeFromDead("s", 5, time -> away.release("s"))).isEmpty();
        assertThat(mine.takeFromDead("s", 5, time -> {
            throw new IllegalStateException("nobody has it any more");
        })).contains(11L);
    }

    @Test
    void leaseThatWasNotRenewedForAMinuteIsFree() throws Exception {
        Leases away = new Leases(database, new Owner("away", "elsewhere", 1, 1));
        Leases mine = new Leases(database, Owner.self());
        away.take("s", 10);
        age("s");
        away.renew();
        assertThat(mine.take("s", 5)).isEmpty();
        age("s");
        assertThat(mine.take("s", 5)).contains(11L);
        away.release("s");
        database.transaction(connection -> {
            mine.check(connection, "s");
            return null;
        });
    }

    private void age(String stream) {
        database.transaction(connection -> Sql.update(connection,
                "update braze_streams set lease_until = dateadd(second, -61, lease_until) where stream = ?", stream));
    }

    private void save(String stream, String partition, Cursor cursor) {
        save(stream, new Checkpoint(partition, cursor, null));
    }

    private void save(String stream, Checkpoint... checkpoints) {
        database.transaction(connection -> {
            state.save(connection, stream, List.of(checkpoints));
            return null;
        });
    }

    private static SyncRecord sync(long id, String result) {
        Instant time = Instant.parse("2026-09-10T09:30:00Z");
        return new SyncRecord("s", id, "incremental_dedup", result, 5, 4, 3, 2, 1, time, time.plusSeconds(2), CURSOR.first(), CURSOR.last(), null);
    }
}
