package org.brazeroutes.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brazeroutes.database.Database;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.SyncMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of files for each stream. Files are only ever added or replaced as a whole. */
public final class FileSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private final FileOptions options;
    private final Database state;
    private final PendingFiles pending;
    private final Clock clock;
    private final Disk disk;
    private final Set<FileWriter> writing = ConcurrentHashMap.newKeySet();

    /** @param state where the cursors are; the names of files are committed there with them */
    public FileSink(FileOptions options, Database state, Clock clock) {
        this(options, state, clock, new LocalDisk());
    }

    FileSink(FileOptions options, Database state, Clock clock, Disk disk) {
        this.options = options;
        this.state = state;
        this.pending = new PendingFiles(state);
        this.clock = clock;
        this.disk = disk;
    }

    /** One of the files that syncs in append modes have added to these streams' folders; empty if there is none. */
    public static Optional<Path> anyPart(FileOptions options, Collection<Stream> streams) {
        Disk disk = new LocalDisk();
        for (Stream stream : streams) {
            Path folder = options.directory().resolve(stream.name());
            try {
                Optional<String> part = disk.names(folder).stream().filter(name -> StreamFolder.PART.matcher(name).matches()).findFirst();
                if (part.isPresent()) {
                    return part.map(folder::resolve);
                }
            } catch (IOException e) {
                throw new SinkException("cannot read " + folder + ": " + e + "; check sink.file.directory and who may read there", e);
            }
        }
        return Optional.empty();
    }

    @Override
    public StreamWriter open(Stream stream, SyncMode mode, long syncId, Checkpoints checkpoints) {
        if (stream.name().equals("_state")) {
            throw new SinkException("the folder of a stream '" + stream.name() + "' would be that of the state; give the stream another name");
        }
        StreamFolder folder = in(stream, found -> {
            if (!found.exists()) {
                checkpoints.folderGone(found.path());
            }
            found.recover();
            found.check(mode == SyncMode.FULL_REFRESH_OVERWRITE);
            return found;
        });
        FileWriter writer = new FileWriter(stream, mode, options, folder, clock, syncId, checkpoints, writing::remove);
        writing.add(writer);
        return writer;
    }

    @Override
    public boolean unfinished(Stream stream) {
        return in(stream, StreamFolder::unfinished);
    }

    @Override
    public void recover(Stream stream) {
        in(stream, folder -> {
            folder.recover();
            return null;
        });
    }

    /** Finishes files that are old enough although nothing more comes for them just now. */
    @Override
    public void tick() {
        for (FileWriter writer : writing) {
            try {
                writer.rollIfDue();
            } catch (RuntimeException | Error e) {
                writing.remove(writer);
                LOG.debug("finishing a file: {}", e.getMessage(), e);
            }
        }
    }

    /** Forgets what was read of the stream, in a transaction, and deletes its files; what is left undone the next pass does. */
    public void drop(Stream stream, Database.Work<?> forget) {
        in(stream, folder -> {
            folder.drop(forget);
            return null;
        });
    }

    private interface Step<T> {
        T in(StreamFolder folder) throws IOException;
    }

    private <T> T in(Stream stream, Step<T> step) {
        StreamFolder folder = new StreamFolder(disk, state, pending, options, stream.name());
        try {
            return step.in(folder);
        } catch (IOException e) {
            throw new SinkException("cannot use " + folder.path() + ": " + e + "; check sink.file.directory and who may write there", e);
        }
    }
}
