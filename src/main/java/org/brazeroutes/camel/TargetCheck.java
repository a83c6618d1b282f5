package org.brazeroutes.camel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.brazeroutes.camel.Check.Verdict;
import org.brazeroutes.database.BusyException;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.H2File;
import org.brazeroutes.database.Rights;
import org.brazeroutes.pass.Choices;
import org.brazeroutes.sink.FileSink;
import org.brazeroutes.sink.JdbcSink;
import org.brazeroutes.sink.SinkException;
import org.brazeroutes.state.StateStore;
import org.brazeroutes.stream.Stream;

/** Tries out whether a sync could store: sink and state are there, or can be made, and fit what the settings say. Leaves nothing behind. */
final class TargetCheck {

    private final EngineOptions options;
    private final List<Stream> enabled;
    private final Consumer<Check> found;

    /** @param enabled the streams that a sync would store */
    TargetCheck(EngineOptions options, List<Stream> enabled, Consumer<Check> found) {
        this.options = options;
        this.enabled = enabled;
        this.found = found;
    }

    void check() {
        if (options.sink() instanceof SinkOptions.Files files) {
            checkFolders(files);
        } else if (options.sink() instanceof SinkOptions.Endpoint) {
            found.accept(new Check("sink " + options.sink(), Verdict.NOT_TESTABLE, "a check sends no record"));
        }
        checkDatabase();
    }

    private void checkDatabase() {
        String subject = (options.sink() instanceof SinkOptions.Jdbc ? "sink and state " : "state ") + options.database().shown();
        Optional<H2File> file = H2File.of(options.database().url());
        List<Check> tables = new ArrayList<>();
        try (Database database = Database.read(options.database()).orElse(null)) {
            if (database == null) {
                file.orElseThrow().requireUsable(options.database());
                found.accept(lostState(subject, false).orElseGet(() -> writable(subject, file.orElseThrow().file().getParent(),
                        options.database().setting("url"), "will be created")));
                return;
            }
            file.ifPresent(ours -> ours.requireWritable(options.database()));
            Optional<StateStore> state = StateStore.read(database);
            state.ifPresent(StateStore::tryChanging);
            boolean there = state.isPresent();
            if (options.sink() instanceof SinkOptions.Jdbc jdbc) {
                there &= checkTables(database, jdbc, tables);
                new Rights(database).tryStaging();
            }
            Optional<String> left = there || file.isPresent() ? Optional.empty() : new Rights(database).tryCreating();
            Optional<String> other = state.flatMap(store -> Choices.otherWorkspace(store, options.braze().endpoint().getHost(), options.clock().instant()));
            found.accept(other.map(workspace -> new Check(subject, Verdict.FAILED, "the target holds the workspace at " + workspace
                    + "; " + options.sink().elsewhere())).or(() -> lostState(subject, state.filter(Choices::knowsFiles).isPresent()))
                    .orElse(new Check(subject, Verdict.OK, left.orElse(""))));
        } catch (BusyException e) {
            found.accept(new Check(subject, Verdict.OK, e.getMessage()));
        } catch (RuntimeException e) {
            found.accept(new Check(subject, Verdict.FAILED, e.getMessage()));
        }
        tables.forEach(found);
    }

    /** The folder, and those of the streams if they cannot be written. */
    private void checkFolders(SinkOptions.Files files) {
        Path directory = files.files().directory();
        found.accept(writable("sink " + files, directory, "sink.file.directory", ""));
        enabled.stream().map(stream -> directory.resolve(stream.name())).filter(Files::exists)
                .map(folder -> writable("sink " + folder, folder, "sink.file.directory", "")).filter(check -> check.verdict() != Verdict.OK).forEach(found);
    }

    /** Files that the state does not know of, as a sync would say. */
    private Optional<Check> lostState(String subject, boolean synced) {
        return synced || !(options.sink() instanceof SinkOptions.Files files) ? Optional.empty()
                : FileSink.anyPart(files.files(), enabled).map(file -> new Check(subject, Verdict.FAILED, Choices.lost(file, options.database().shown())));
    }

    /**
     * False if a table is not there yet.
     *
     * @param wrong gets those that keep a stream out; of sixteen that are well nobody needs a line
     */
    private boolean checkTables(Database database, SinkOptions.Jdbc jdbc, List<Check> wrong) {
        boolean there = true;
        for (Stream stream : enabled) {
            try {
                there &= JdbcSink.check(database, stream, Modes.of(options, stream), jdbc.unnest(), jdbc.adopt());
            } catch (SinkException e) {
                wrong.add(new Check("table " + stream.name(), Verdict.FAILED, e.getMessage()));
            }
        }
        return there;
    }

    /** What is not there yet can be created if the nearest folder that is there can be written. */
    private static Check writable(String subject, Path folder, String setting, String detail) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there) ? new Check(subject, Verdict.OK, detail)
                : new Check(subject, Verdict.FAILED, "cannot write in " + there + "; change its permissions or " + setting);
    }
}
