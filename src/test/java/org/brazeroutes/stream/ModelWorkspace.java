package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Partitions of one series, walked in turns against a model server, with what was stored of each. */
final class ModelWorkspace {

    /** One request that was sent and not answered yet. */
    private record Sent(Slice slice, LocalDate asked, List<LocalDate> answer, LocalDate ended) {
    }

    /** Answers without any row, of a hundred; never two in a row to one partition. */
    int emptyAnswers;

    /** A partition as the database knows it, and its walk of this pass. */
    private final class Partition {
        private final Set<LocalDate> covered = new LinkedHashSet<>();
        private Cursor cursor;
        private Slices slices;
        private Sent sent;
        private boolean wasEmpty;
    }

    final ModelServer server;
    final ZoneId configured;
    final int maxDays;
    final boolean zeroFilled;
    Instant now;
    boolean withToday = true;
    private Instant begun;
    private final List<Partition> partitions = new ArrayList<>();

    ModelWorkspace(ModelServer server, ZoneId configured, int maxDays, boolean zeroFilled, Instant now, int partitions) {
        this.server = server;
        this.configured = configured;
        this.maxDays = maxDays;
        this.zeroFilled = zeroFilled;
        this.now = now;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new Partition());
        }
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, configured);
    }

    /** One process: all partitions in random turns, which ends early after so many steps. True if it came to its end. */
    boolean pass(LocalDate start, int lookback, Random random, int steps) {
        LastDay lastDay = new LastDay();
        begun = now;
        for (Partition partition : partitions) {
            partition.slices = new Slices(start, partition.cursor, lookback, maxDays, zeroFilled, lastDay, withToday);
            partition.sent = null;
        }
        List<Partition> busy = new ArrayList<>(partitions);
        int left = steps;
        while (!busy.isEmpty() && left-- > 0) {
            Partition partition = busy.get(random.nextInt(busy.size()));
            if (partition.sent != null) {
                answered(partition);
            } else if (partition.slices.next(today()).isPresent()) {
                send(partition, random.nextInt(100) < emptyAnswers);
            } else {
                busy.remove(partition);
            }
            if (random.nextInt(20) == 0) {
                now = now.plus(Duration.ofMinutes(random.nextInt(90)));
            }
        }
        return busy.isEmpty();
    }

    private void send(Partition partition, boolean empty) {
        Slice slice = partition.slices.next(today()).orElseThrow();
        LocalDate asked = partition.slices.toAskFor(slice);
        assertThat(slice.length()).isBetween(1, maxDays);
        partition.wasEmpty = empty && !partition.wasEmpty;
        partition.sent = new Sent(slice, asked, partition.wasEmpty ? List.of()
                : server.answer(asked, slice.length(), configured, now), endedAt(now, server));
    }

    private void answered(Partition partition) {
        Sent sent = partition.sent;
        partition.sent = null;
        sent.answer().stream().filter(day -> partition.slices.stores(sent.slice(), day, today())).forEach(partition.covered::add);
        partition.cursor = partition.slices.accept(sent.slice(), sent.asked(), sent.answer(), today());
        cursorStandsForStoredDays(partition, sent.ended());
    }

    /** The cursor's own day is read again by every pass; in another zone than configured it may not be over. */
    private void cursorStandsForStoredDays(Partition partition, LocalDate ended) {
        if (partition.cursor != null) {
            assertThat(partition.cursor.last()).isBefore(today());
            LocalDate last = partition.cursor.last().minusDays(zeroFilled || server.zone().equals(configured) ? 0 : 1);
            assertThat(lacking(partition, partition.cursor.first(), last, ended)).as("days behind the cursor").isEmpty();
        }
    }

    /** Every day of the span for which the server has a row is stored, and nothing from before it. */
    void holds(LocalDate first, LocalDate last) {
        LocalDate ended = endedAt(begun, server);
        for (Partition partition : partitions) {
            assertThat(lacking(partition, first, last, ended)).as("days that are not stored").isEmpty();
            assertThat(partition.covered).allMatch(day -> !day.isBefore(first));
        }
    }

    /** Cursors of all partitions. */
    List<Cursor> cursors() {
        return partitions.stream().map(partition -> partition.cursor).toList();
    }

    private static LocalDate endedAt(Instant now, ModelServer server) {
        return LocalDate.ofInstant(now, server.zone()).minusDays(1);
    }

    private List<LocalDate> lacking(Partition partition, LocalDate first, LocalDate last, LocalDate ended) {
        return first.datesUntil(last.isBefore(first) ? first : last.plusDays(1)).filter(day -> !day.isAfter(ended)).filter(server.hasRow())
                .filter(day -> !partition.covered.contains(day)).toList();
    }
}
