package org.brazeroutes.sink;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how files are written.
 *
 * @param directory holds a folder for each stream
 * @param gzip      true to pack JSON Lines and CSV; Parquet packs its pages itself
 * @param rollSize  bytes after which a file is finished
 * @param rollTime  age after which a file is finished
 */
public record FileOptions(Path directory, Format format, boolean gzip, long rollSize, Duration rollTime) {

    /** How records are written. */
    public enum Format { JSONL, CSV, PARQUET }

    String extension() {
        return switch (format) {
            case JSONL -> gzip ? "jsonl.gz" : "jsonl";
            case CSV -> gzip ? "csv.gz" : "csv";
            case PARQUET -> "parquet";
        };
    }
}
