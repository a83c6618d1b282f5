package org.brazeroutes.pass;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.brazeroutes.sink.FileOptions;
import org.brazeroutes.sink.FileSink;
import org.brazeroutes.sink.FolderId;
import org.brazeroutes.sink.SinkException;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choices that the stored rows were made under, held against those of the settings. */
public final class Choices {

    private static final Logger LOG = LoggerFactory.getLogger(Choices.class);
    private static final int DEFAULT_YEARS = 2;
    private static final String WORKSPACE = "workspace";
    private static final String TARGET = "target";
    private static final String DIRECTORY = "directory";
    private static final Map<String, String> SHOWN = Map.of("time_zone", "braze.time-zone", TARGET, "the target");

    private final StateStore state;
    /** By setting, what series are read under; another one makes their stored days worthless. */
    private final Map<String, String> readUnder = new LinkedHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** A file that is there already of a stream. */
    private Function<Stream, Optional<Path>> part = stream -> Optional.empty();

    /** @param zone with another one every day has other numbers */
    public Choices(StateStore state, ZoneId zone) {
        this.state = state;
        readUnder.put("time_zone", zone.getId());
    }

    /** Refuses the rows of another workspace: the host tells workspaces apart as far as anything does. */
    public void sameWorkspace(String host, Instant now, String elsewhere) {
        String workspace = host.toLowerCase(Locale.ROOT);
        otherWorkspace(state, workspace, now).ifPresent(other -> {
            throw new StartException("braze.endpoint is " + workspace + ", but the tables in " + state.database().shown()
                    + " hold the workspace at " + other + "; " + elsewhere);
        });
        if (!state.setting(WORKSPACE).equals(Optional.of(workspace))) {
            state.saveSetting(WORKSPACE, workspace);
        }
    }

    /** The workspace that the state holds something of, if that is another one; a mistyped host brought nothing. */
    public static Optional<String> otherWorkspace(StateStore state, String host, Instant now) {
        return state.setting(WORKSPACE).filter(stored -> !stored.equalsIgnoreCase(host) && state.holdsRecords(now));
    }

    /** Another target has nothing yet. */
    public void target(String target) {
        readUnder.put(TARGET, target);
    }

    /**
     * For who has the stream's lease: forgets what was read of a series under another choice, whenever that was, and says so. Throws
     * SinkException if its files are there, and not those that this state knows: their days would come once more.
     */
    void begin(Stream stream, SyncMode mode) {
        if (stream.kind() != Stream.Kind.SERIES) {
            return;
        }
        readUnder.forEach((setting, value) -> {
            String own = setting + "." + stream.name();
            Optional<String> stored = state.setting(own);
            if (stored.isPresent() && !stored.get().equals(value)) {
                if (setting.equals(TARGET) && mode.appends()) {
                    part.apply(stream).ifPresent(file -> {
                        throw new SinkException(file + " is of another sync than the state in " + state.database().shown()
                                + "; choose another sink.file.directory"
                                + " or state.jdbc.url, or remove the files by 'reset --drop " + stream.name() + "'");
                    });
                }
                state.reset(stream.name());
                if (told.add(setting)) {
                    LOG.warn("{} was {} and is {}: daily series are read again from the start date", SHOWN.get(setting), stored.get(), value);
                }
            }
            if (!stored.equals(Optional.of(value))) {
                state.saveSetting(own, value);
            }
        });
    }

    /** A state that knows of no pass is not that of files which are there already: their records would be written once more. */
    public void files(FileOptions files, Collection<Stream> streams) {
        if (!knowsFiles(state)) {
            FileSink.anyPart(files, streams).ifPresent(file -> {
                throw new StartException(lost(file, state.database().shown()));
            });
        }
        state.saveSetting(DIRECTORY, files.directory().toString());
        part = stream -> FileSink.anyPart(files, List.of(stream));
        target(FolderId.of(files.directory()));
    }

    /** True if a sync into files has begun with it, or ended with an earlier build. */
    public static boolean knowsFiles(StateStore state) {
        return state.setting(DIRECTORY).isPresent() || !state.history().last().isEmpty();
    }

    /** What to say of such a file. */
    public static String lost(Path file, String state) {
        return file + " is of an earlier sync, but the state in " + state + " knows of none; set state.jdbc.url to the state it belongs to, choose another"
                + " sink.file.directory, or move the files away";
    }

    /** The start date of the settings, else the default that the first sync fixed: two years before it. */
    public LocalDate startDate(Optional<LocalDate> set, LocalDate today) {
        return set.or(() -> state.setting("start_date").map(LocalDate::parse)).orElseGet(() -> {
            LocalDate start = today.minusYears(DEFAULT_YEARS);
            state.saveSetting("start_date", start.toString());
            return start;
        });
    }
}
