package org.brazeroutes.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes records into one file, in its format. */
interface RecordFile {

    /** Writes a record; returns how many of its values did not fit their declared type. */
    int write(Map<String, Object> record, Instant syncedAt, long syncId) throws IOException;

    /** Bytes that wait in memory for the file. */
    default long waiting() {
        return 0;
    }

    /** Writes what is left and closes the stream. */
    void close() throws IOException;

    static RecordFile open(FileOptions options, Table table, OutputStream out) throws IOException {
        return switch (options.format()) {
            case JSONL -> new JsonLines(packed(options, out));
            case CSV -> new CsvFile(packed(options, out), table);
            case PARQUET -> new ParquetFile(out, table);
        };
    }

    private static OutputStream packed(FileOptions options, OutputStream out) throws IOException {
        return options.gzip() ? new GZIPOutputStream(out, 1 << 16) : out;
    }
}
