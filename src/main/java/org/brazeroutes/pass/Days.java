package org.brazeroutes.pass;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.brazeroutes.braze.Answer;
import org.brazeroutes.braze.BrazeClock;
import org.brazeroutes.braze.BrazeException;
import org.brazeroutes.braze.Request;
import org.brazeroutes.json.JsonRecord;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Cursor;
import org.brazeroutes.stream.LastDay;
import org.brazeroutes.stream.Slice;
import org.brazeroutes.stream.Slices;
import org.brazeroutes.stream.Stream;

/** The slices of one partition of a daily series; its cursor moves with the rows. */
final class Days implements Requests {

    private static final DateTimeFormatter ENDING_AT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private final Stream stream;
    private final String partition;
    private final Map<String, String> query;
    private final Slices slices;
    private final LastDay lastDay;
    private final BrazeClock clock;
    private final Taken taken;
    private final Consumer<String> notes;
    private Slice slice;
    private LocalDate asked;
    /** Of the answer, until its records are on their way into the target. */
    private List<LocalDate> days;
    private List<Map<String, Object>> given;
    private List<Map<String, Object>> toStore;
    private Checkpoint checkpoint;

    /** @param notes hears that the workspace's days are not those of the configured zone */
    Days(Stream stream, String partition, Map<String, String> query, Slices slices, LastDay lastDay, BrazeClock clock,
            Taken taken, Consumer<String> notes) {
        this.stream = stream;
        this.partition = partition;
        this.query = query;
        this.slices = slices;
        this.lastDay = lastDay;
        this.clock = clock;
        this.taken = taken;
        this.notes = notes;
    }

    @Override
    public boolean hasNext() {
        return slices.next(clock.today()).isPresent();
    }

    @Override
    public Request next() {
        slice = slices.next(clock.today()).orElseThrow();
        asked = slices.toAskFor(slice);
        Map<String, String> parameters = new LinkedHashMap<>(query);
        parameters.put("length", String.valueOf(slice.length()));
        parameters.put("ending_at", endingAt(asked));
        return new Request(stream, parameters, (partition.isEmpty() ? "" : stream.partition() + " " + partition + ", ") + slice);
    }

    /** An instant inside the day, so that every reading of a bare date is avoided; never in the future. */
    private String endingAt(LocalDate day) {
        Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
        // not 23:59:59 as such: there are zones whose clocks skip it on one day a year
        ZonedDateTime end = day.plusDays(1).atStartOfDay(clock.zone()).minusSeconds(1);
        OffsetDateTime ending = end.toInstant().isAfter(now) ? now.atZone(clock.zone()).toOffsetDateTime() : end.toOffsetDateTime();
        return ENDING_AT.format(ending);
    }

    @Override
    public void answered(Answer answer) {
        List<LocalDate> told = answer.records().stream().map(record -> JsonRecord.day(record, stream.cursor())).toList();
        LocalDate today = clock.today();
        days = told.stream().filter(day -> !Slices.future(day, today)).toList();
        if (days.isEmpty() != told.isEmpty() || !Slices.answered(slice, asked, days)) {
            throw new BrazeException(BrazeException.Reason.BROKEN, stream.shown(partition) + ": the answer is about the days from "
                    + Collections.min(told) + " to " + Collections.max(told) + ", but asked for were " + slice
                    + "; see path and query of its route, and what lies between us and Braze");
        }
        if (stream.zeroFilled() && slice.last().equals(today) && !lastDay.excluded()) {
            days.stream().max(LocalDate::compareTo).flatMap(newest -> TimeZones.differing(newest, today, clock)).ifPresent(notes);
        }
    }

    @Override
    public List<Map<String, Object>> toStore(List<Map<String, Object>> records) {
        if (days == null) {
            if (records != given) {
                throw new RouteException("table: was reached twice for one answer; it stores an answer's records at once");
            }
            // the step is tried again after a failure
            return toStore;
        }
        LocalDate today = clock.today();
        Map<LocalDate, List<Map<String, Object>>> inside = new LinkedHashMap<>();
        for (Map<String, Object> record : records) {
            LocalDate day = JsonRecord.day(record, stream.cursor());
            if (slices.stores(slice, day, today)) {
                inside.merge(day, List.of(record), this::withLater);
            }
        }
        Cursor before = slices.cursor();
        Cursor after = slices.accept(slice, asked, days, today);
        days = null;
        given = records;
        toStore = taken.take(slice, inside, before, after);
        checkpoint = new Checkpoint(partition, Objects.equals(before, after) ? null : after, taken.prints());
        return toStore;
    }

    /** The records of a day; of two with one key the later stays. */
    private List<Map<String, Object>> withLater(List<Map<String, Object>> records, List<Map<String, Object>> later) {
        List<Map<String, Object>> all = new ArrayList<>(records);
        later.forEach(record -> all.removeIf(other ->
                stream.keyFields().stream().allMatch(key -> Objects.equals(other.get(key), record.get(key)))));
        all.addAll(later);
        return all;
    }

    /** Saves how far the partition is complete once these rows are stored. */
    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }
}
