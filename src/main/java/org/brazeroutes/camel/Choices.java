package org.brazeroutes.camel;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.sink.FileSink;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choices that the stored rows were made under, held against those of the settings. */
final class Choices {

    private static final Logger LOG = LoggerFactory.getLogger(Choices.class);
    private static final int DEFAULT_YEARS = 2;

    private final StateStore state;
    /** Choices by setting under which series are read; another one makes their stored days worthless. */
    private final Map<String, Choice> readUnder = new LinkedHashMap<>();

    /** @param before what it was at the last start, for series that know nothing of their own yet */
    private record Choice(String value, Optional<String> before) {
    }

    Choices(StateStore state) {
        this.state = state;
    }

    /** Refuses the rows of another workspace: the host tells workspaces apart as far as anything does. */
    void sameWorkspace(String host, String elsewhere) {
        String workspace = host.toLowerCase(Locale.ROOT);
        Optional<String> stored = state.setting("workspace");
        if (stored.isPresent() && !stored.get().equals(workspace)) {
            throw new StartException("braze.endpoint is " + workspace + ", but the tables in " + state.database().shown() + " hold the workspace at "
                    + stored.get() + "; " + elsewhere);
        }
        if (stored.isEmpty()) {
            state.saveSetting("workspace", workspace);
        }
    }

    /** With another time zone every day has other numbers. */
    void timeZone(ZoneId zone) {
        readUnder("time_zone", "braze.time-zone", zone.getId());
    }

    /** Another target has nothing yet. */
    void target(Optional<String> target) {
        target.ifPresent(name -> readUnder("target", "the target", name));
    }

    /** Says once that all series will be read again; each forgets its days in {@link #begin}, for one may be at work just now. */
    private void readUnder(String setting, String shown, String value) {
        Optional<String> stored = state.setting(setting);
        if (stored.isPresent() && !stored.get().equals(value)) {
            LOG.warn("{} was {} and is {}: all daily series are read again from the start date", shown, stored.get(), value);
        }
        save(setting, stored, value);
        readUnder.put(setting, new Choice(value, stored));
    }

    /** For who has the stream's lease: forgets what was read of a series under another choice, whenever that was. */
    void begin(Stream stream) {
        if (stream.kind() != Stream.Kind.SERIES) {
            return;
        }
        readUnder.forEach((setting, choice) -> {
            String own = setting + "." + stream.name();
            Optional<String> stored = state.setting(own);
            if (!stored.or(choice::before).orElse(choice.value()).equals(choice.value())) {
                state.reset(stream.name());
            }
            save(own, stored, choice.value());
        });
    }

    private void save(String setting, Optional<String> stored, String value) {
        if (!stored.equals(Optional.of(value))) {
            state.saveSetting(setting, value);
        }
    }

    /** A state that knows of no pass is not that of files which are there already: their records would be written once more. */
    void files(FileOptions files, Collection<Stream> streams) {
        if (state.setting("directory").isPresent()) {
            return;
        }
        if (state.lastSyncs().isEmpty()) {
            FileSink.anyPart(files, streams).ifPresent(file -> {
                throw new StartException(file + " is of an earlier sync, but the state in " + state.database().shown() + " knows of none; set state.jdbc.url to the"
                        + " state it belongs to, choose another sink.file.directory, or move the files away");
            });
        }
        state.saveSetting("directory", files.directory().toString());
    }

    /** The start date of the settings, else the default that the first sync fixed: two years before it. */
    LocalDate startDate(Optional<LocalDate> set, LocalDate today) {
        if (set.isPresent()) {
            return set.get();
        }
        Optional<String> stored = state.setting("start_date");
        LocalDate start = stored.map(LocalDate::parse).orElse(today.minusYears(DEFAULT_YEARS));
        if (stored.isEmpty()) {
            state.saveSetting("start_date", start.toString());
        }
        return start;
    }
}
