package org.brazeroutes.sink;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;

/**
 * Writes the records of one pass into files. In incremental mode a file is finished at its size or age, and the cursors of
 * its records move with it; in the full-refresh modes all files of the pass appear when it is complete, or none.
 */
final class FileWriter implements StreamWriter {

    /** Checkpoints that wait for their file at most: each may have some KB of fingerprints. */
    private static final int MOST_WAITING = 5_000;

    private final Stream stream;
    private final SyncMode mode;
    private final FileOptions options;
    private final StreamFolder folder;
    private final Table table;
    private final Clock clock;
    private final long syncId;
    private final Checkpoints checkpoints;
    private final Consumer<FileWriter> onClose;
    private final List<FinishedFile> finished = new ArrayList<>();
    private final List<Checkpoint> waiting = new ArrayList<>();
    private final Set<List<Object>> keys = new HashSet<>();
    private DraftFile draft;
    private int number;
    private long uncounted;
    private RuntimeException broken;
    /** True from the begin of a commit until it is through: if it failed, the finished files may be committed all the same. */
    private boolean perhapsCommitted;

    FileWriter(Stream stream, SyncMode mode, FileOptions options, StreamFolder folder, Clock clock, long syncId, Checkpoints checkpoints,
            Consumer<FileWriter> onClose) {
        this.stream = stream;
        this.mode = mode;
        this.options = options;
        this.folder = folder;
        this.table = Table.of(stream.name(), stream.columns(), stream.primaryKey(), false);
        this.clock = clock;
        this.syncId = syncId;
        this.checkpoints = checkpoints;
        this.onClose = onClose;
    }

    @Override
    public synchronized Written write(List<Map<String, Object>> records, Checkpoint checkpoint) {
        return guarded(() -> {
            Instant now = clock.instant();
            int misfits = 0;
            for (Map<String, Object> record : records) {
                if (isNew(record)) {
                    misfits += draft(now).write(record, now);
                }
            }
            if (mode == SyncMode.INCREMENTAL_APPEND && !checkpoint.isEmpty()) {
                waiting.add(checkpoint);
            }
            roll(now);
            return new Written(counted(), misfits, List.of());
        });
    }

    /** Pages of a list overlap when it changes while it is read; the days of a series come once. */
    private boolean isNew(Map<String, Object> record) {
        return stream.kind() == Stream.Kind.SERIES || keys.add(stream.primaryKey().stream().map(record::get).toList());
    }

    private DraftFile draft(Instant now) throws IOException {
        if (draft == null) {
            String name = mode == SyncMode.FULL_REFRESH_OVERWRITE ? folder.wholeName() : folder.partName(syncId, ++number);
            draft = folder.draft(name, table, syncId, now);
        }
        return draft;
    }

    /** Finishes the file if it is large or old enough. */
    synchronized void rollIfDue() {
        guarded(() -> {
            roll(clock.instant());
            return null;
        });
    }

    private void roll(Instant now) throws IOException {
        boolean due = draft != null && mode != SyncMode.FULL_REFRESH_OVERWRITE
                && (draft.bytes() >= options.rollSize() || !draft.begun().plus(options.rollTime()).isAfter(now));
        if (due || waiting.size() >= MOST_WAITING) {
            finishDraft();
            if (mode == SyncMode.INCREMENTAL_APPEND) {
                commit();
            }
        }
    }

    private void finishDraft() throws IOException {
        if (draft != null) {
            finished.add(draft.finish());
            draft = null;
        }
    }

    private void commit() throws IOException {
        List<FinishedFile> files = List.copyOf(finished);
        perhapsCommitted = true;
        folder.commit(files, connection -> checkpoints.save(connection, waiting));
        perhapsCommitted = false;
        uncounted += files.stream().mapToLong(FinishedFile::records).sum();
        finished.clear();
        waiting.clear();
    }

    private long counted() {
        long count = uncounted;
        uncounted = 0;
        return count;
    }

    @Override
    public synchronized void restart() {
        guarded(() -> {
            discard();
            keys.clear();
            return null;
        });
    }

    @Override
    public synchronized Written finish(boolean complete) {
        return guarded(() -> {
            if (mode != SyncMode.INCREMENTAL_APPEND && !complete) {
                discard();
                return Written.NOTHING;
            }
            if (mode == SyncMode.FULL_REFRESH_OVERWRITE) {
                draft(clock.instant());
            }
            finishDraft();
            commit();
            return new Written(counted(), 0, List.of());
        });
    }

    private void discard() throws IOException {
        if (draft != null) {
            DraftFile unwanted = draft;
            draft = null;
            unwanted.discard();
        }
        for (FinishedFile file : finished) {
            folder.discard(file);
        }
        finished.clear();
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** After a failure the cursors of lost records are gone too, so nothing that comes later may move a cursor over them. */
    private <T> T guarded(Step<T> step) {
        if (broken != null) {
            throw broken;
        }
        try {
            return step.run();
        } catch (IOException e) {
            broken = new SinkException("cannot write in " + folder.path() + ": " + e
                    + ". Check the free space and the permissions of sink.file.directory", e);
            throw broken;
        } catch (RuntimeException e) {
            broken = e;
            throw e;
        } catch (Error e) {
            broken = new SinkException("writing in " + folder.path() + ": " + e, e);
            throw broken;
        }
    }

    /** What a failed commit may have committed stays until the next pass sorts it out; other files of a failed pass would only fill the disk. */
    @Override
    public synchronized void close() {
        onClose.accept(this);
        if (broken == null) {
            guarded(() -> {
                discard();
                return null;
            });
        } else if (!perhapsCommitted) {
            try {
                discard();
            } catch (IOException e) {
                // the next pass tries again, and the one that has failed says why
                broken.addSuppressed(e);
            }
        }
        broken = new IllegalStateException(folder.path() + ": the pass has ended");
    }
}
