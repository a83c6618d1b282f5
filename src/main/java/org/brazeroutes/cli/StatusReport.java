package org.brazeroutes.cli;

import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.brazeroutes.camel.Engine;
import org.brazeroutes.camel.EngineOptions;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.DatabaseException;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.state.SyncRecord;
import org.brazeroutes.stream.StreamOptions;
import org.quartz.CronExpression;

/** What the last sync of each stream did, read from the state, also while another process runs. */
final class StatusReport {

    private static final List<String> HEAD = List.of("stream", "last sync", "result", "rows", "cursor min", "cursor max", "next run", "error");

    private final Call call;

    StatusReport(Call call) {
        this.call = call;
    }

    int print() {
        EngineOptions options = new Wiring(call.settings(), call.console(), false).offline(List.of());
        Catalogue catalogue = Engine.catalogue(options);
        Map<String, SyncRecord> last = lastSyncs(options);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String stream : catalogue.streams().keySet()) {
            rows.add(fields(stream, Optional.ofNullable(last.get(stream)), options.streams().apply(stream)));
        }
        if (call.json()) {
            rows.forEach(call.console()::json);
        } else {
            call.console().table(HEAD, rows.stream().map(row -> new ArrayList<>(row.values())).toList());
        }
        catalogue.errors().forEach(call.console()::error);
        return catalogue.errors().isEmpty() ? ExitCode.COMPLETE : ExitCode.INCOMPLETE;
    }

    private Map<String, SyncRecord> lastSyncs(EngineOptions options) {
        Optional<Database> database = Database.read(options.database());
        if (database.isEmpty()) {
            call.console().error("nothing was synced yet: there is no " + options.database().shown());
            return Map.of();
        }
        try {
            return lastSyncs(database.get());
        } catch (DatabaseException e) {
            // the process through whose server it was read may have ended meanwhile
            return Database.read(options.database()).map(StatusReport::lastSyncs).orElseThrow(() -> e);
        }
    }

    /** Closes the database. */
    private static Map<String, SyncRecord> lastSyncs(Database database) {
        try (database) {
            return StateStore.read(database).map(state -> state.history().last()).orElse(Map.of());
        }
    }

    private Map<String, Object> fields(String stream, Optional<SyncRecord> last, StreamOptions options) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("stream", stream);
        fields.put("last_sync", last.map(SyncRecord::ended).map(StatusReport::seconds).orElse(null));
        fields.put("result", last.map(SyncRecord::result).orElse(null));
        fields.put("rows", last.map(SyncRecord::rows).orElse(null));
        fields.put("cursor_min", last.map(SyncRecord::cursorMin).orElse(null));
        fields.put("cursor_max", last.map(SyncRecord::cursorMax).orElse(null));
        fields.put("next_run", options.enabled() ? last.flatMap(sync -> nextRun(sync, options)).map(StatusReport::seconds).orElse(null) : null);
        fields.put("error", last.map(SyncRecord::error).orElse(null));
        return fields;
    }

    /** When {@code run} would begin the stream's next pass; empty if its cron never comes round again. */
    private Optional<Instant> nextRun(SyncRecord last, StreamOptions options) {
        if (options.cron().isEmpty()) {
            return Optional.of(last.started().plus(options.period()));
        }
        try {
            CronExpression cron = new CronExpression(options.cron().get());
            cron.setTimeZone(TimeZone.getTimeZone(call.settings().timeZone().normalized()));
            return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(last.started()))).map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalStateException("the cron was checked at the start", e);
        }
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
