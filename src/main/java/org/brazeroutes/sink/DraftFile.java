package org.brazeroutes.sink;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/** A file that is being written, under its hidden name. */
final class DraftFile {

    private final Disk disk;
    private final Path path;
    private final String name;
    private final long syncId;
    private final Instant begun;
    private final MessageDigest digest;
    private final CountingStream counted;
    private final RecordFile file;
    private long records;

    /** @param whole true for the one file of a stream, beside which its hash is published */
    DraftFile(Disk disk, Path directory, String name, boolean whole, FileOptions options, Table table, long syncId, Instant now)
            throws IOException {
        this.disk = disk;
        this.path = directory.resolve(FinishedFile.hidden(name, syncId));
        this.name = name;
        this.syncId = syncId;
        this.begun = now;
        this.digest = whole ? sha256() : null;
        OutputStream out = disk.create(path);
        this.counted = new CountingStream(new BufferedOutputStream(whole ? new DigestOutputStream(out, digest) : out, 1 << 16));
        this.file = RecordFile.open(options, table, counted);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    int write(Map<String, Object> record, Instant now) throws IOException {
        records++;
        return file.write(record, now, syncId);
    }

    long bytes() {
        return counted.count + file.waiting();
    }

    Instant begun() {
        return begun;
    }

    /** Writes the rest and brings all of it to the disk. */
    FinishedFile finish() throws IOException {
        file.close();
        disk.sync(path);
        return new FinishedFile(name, syncId, records, digest == null ? null : HexFormat.of().formatHex(digest.digest()));
    }

    void discard() throws IOException {
        try {
            counted.close();
        } finally {
            disk.delete(path);
        }
    }

    private static final class CountingStream extends FilterOutputStream {

        private long count;

        CountingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
