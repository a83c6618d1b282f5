package org.brazeroutes.settings;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings {@code sink.file.*}.
 *
 * @param rollSize bytes after which a file is finished
 * @param rollTime age after which a file is finished
 */
public record FileSettings(Path directory, Format format, Compression compression, long rollSize, Duration rollTime) {

    /** How records are written. */
    public enum Format { JSONL, CSV, PARQUET }

    /** How JSON Lines and CSV files are packed. */
    public enum Compression { NONE, GZIP }
}
