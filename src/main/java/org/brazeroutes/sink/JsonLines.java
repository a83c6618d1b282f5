package org.brazeroutes.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;

/** A JSON object a line: Braze's fields just as they came, and the marks of the pass. */
final class JsonLines implements RecordFile {

    private final OutputStream out;

    JsonLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public int write(Map<String, Object> record, Instant syncedAt, long syncId) throws IOException {
        out.write(RecordJson.bytes(record, syncedAt, syncId));
        out.write('\n');
        return 0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
