package org.brazeroutes.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.brazeroutes.database.Database;
import org.brazeroutes.json.Json;

/**
 * The folder of one stream, and the way files get into it: on the disk under a hidden name, then committed together with
 * the cursors they stand for, then renamed. What a process leaves behind between these steps, the next one finishes or
 * deletes. The folder's name is the stream's, which holds letters, digits and _ only.
 */
final class StreamFolder {

    static final String SUCCESS = "_SUCCESS.json";
    static final Pattern PART = Pattern.compile("\\d+-\\d{5}\\.(jsonl|csv)(\\.gz)?|\\d+-\\d{5}\\.parquet");
    private static final Pattern HIDDEN = Pattern.compile("\\..+\\.tmp");

    private final Disk disk;
    private final Database database;
    private final PendingFiles pending;
    private final FileOptions options;
    private final String stream;
    private final Path path;

    StreamFolder(Disk disk, Database database, PendingFiles pending, FileOptions options, String stream) {
        this.disk = disk;
        this.database = database;
        this.pending = pending;
        this.options = options;
        this.stream = stream;
        this.path = options.directory().resolve(stream);
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return disk.exists(path);
    }

    /** The name of the one file that holds the whole stream. */
    String wholeName() {
        return stream + "." + options.extension();
    }

    /** The name of one of the files that a pass adds. */
    String partName(long syncId, int number) {
        return String.format(Locale.ROOT, "%d-%05d.%s", syncId, number, options.extension());
    }

    /** Begins a file of that name. */
    DraftFile draft(String name, Table table, long syncId, Instant now) throws IOException {
        return new DraftFile(disk, path, name, isWhole(name), options, table, syncId, now);
    }

    /** Deletes a file that was never committed. */
    void discard(FinishedFile file) throws IOException {
        disk.delete(path.resolve(file.hiddenName()));
    }

    /** True if files are committed but not renamed, or not even committed, or about to be deleted; a folder that is gone is left to the next pass. */
    boolean unfinished() throws IOException {
        return exists() && pending.any(stream) || disk.names(path).stream().anyMatch(name -> HIDDEN.matcher(name).matches());
    }

    /** Finishes what was committed and deletes what was not. */
    void recover() throws IOException {
        if (pending.dropped(stream)) {
            deleteAll();
        }
        disk.createDirectories(path);
        publish(pending.of(stream));
        for (String name : disk.names(path)) {
            if (HIDDEN.matcher(name).matches()) {
                disk.delete(path.resolve(name));
            }
        }
    }

    /** Refuses a folder whose files are of another mode: together with ours they would hold records twice. */
    void check(boolean whole) throws IOException {
        for (String name : disk.names(path)) {
            if (whole ? ours(name) && !name.equals(wholeName()) && !name.equals(SUCCESS) : isWhole(name)) {
                throw new SinkException(path.resolve(name) + " was written in another mode or format; new files beside it would repeat its"
                        + " records; run 'reset --drop " + stream + "' to begin anew, or choose another sink.file.directory");
            }
        }
    }

    private boolean ours(String name) {
        return PART.matcher(name).matches() || isWhole(name) || name.equals(SUCCESS);
    }

    private boolean isWhole(String name) {
        return List.of("jsonl", "jsonl.gz", "csv", "csv.gz", "parquet").stream().anyMatch(end -> name.equals(stream + "." + end));
    }

    /** Saves what belongs to files in the transaction that commits them. */
    interface Saving {
        void with(Connection connection) throws SQLException;
    }

    /** Commits these files, whose content is on the disk, with all that stands for them, and gives them their names. */
    void commit(List<FinishedFile> files, Saving saving) throws IOException {
        disk.syncDirectory(path);
        database.transaction(connection -> {
            saving.with(connection);
            for (FinishedFile file : files) {
                pending.add(connection, stream, file);
            }
            return null;
        });
        if (!files.isEmpty()) {
            // a file must not have its name before its cursors are as safe as it is
            database.flush();
            publish(files);
        }
    }

    private void publish(List<FinishedFile> files) throws IOException {
        for (FinishedFile file : files) {
            Path hidden = path.resolve(file.hiddenName());
            if (disk.exists(hidden)) {
                disk.move(hidden, path.resolve(file.name()));
            }
            if (isWhole(file.name()) && disk.exists(path.resolve(file.name())) && pending.of(stream).contains(file)) {
                writeSuccess(file);
            }
        }
        if (files.isEmpty()) {
            return;
        }
        disk.syncDirectory(path);
        database.transaction(connection -> {
            for (FinishedFile file : files) {
                pending.remove(connection, stream, file);
            }
            return null;
        });
    }

    private void writeSuccess(FinishedFile file) throws IOException {
        Map<String, Object> success = new LinkedHashMap<>();
        success.put("file", file.name());
        success.put("records", file.records());
        success.put("sha256", file.sha256());
        success.put("sync_id", file.syncId());
        Path hidden = path.resolve(FinishedFile.hidden(SUCCESS, file.syncId()));
        try (OutputStream out = disk.create(hidden)) {
            out.write(Json.exact(success));
            out.write('\n');
        }
        disk.sync(hidden);
        disk.move(hidden, path.resolve(SUCCESS));
    }

    /**
     * Deletes our files, and the folder if nothing else is in it. What they stand for is forgotten first: files that are left by then
     * hold nothing that comes once more, for the next pass deletes them before it begins.
     */
    void drop(Database.Work<?> forget) throws IOException {
        database.transaction(connection -> {
            pending.drop(connection, stream);
            return forget.with(connection);
        });
        database.flush();
        deleteAll();
    }

    private void deleteAll() throws IOException {
        for (String name : disk.names(path)) {
            if (ours(name) || HIDDEN.matcher(name).matches()) {
                disk.delete(path.resolve(name));
            }
        }
        if (disk.exists(path)) {
            disk.syncDirectory(path);
            if (disk.names(path).isEmpty()) {
                disk.delete(path);
            }
        }
        database.transaction(connection -> {
            pending.forget(connection, stream);
            return null;
        });
    }
}
