package org.brazeroutes.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import org.brazeroutes.json.JsonBuffer;

/** A JSON object a line: Braze's fields just as they came, and the marks of the pass. */
final class JsonLines implements RecordFile {

    private final OutputStream out;
    private final RecordJson json = new RecordJson();

    JsonLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public int write(Map<String, Object> record, Instant syncedAt, long syncId) throws IOException {
        JsonBuffer line = json.write(record, syncedAt, syncId);
        line.add('\n');
        out.write(line.bytes(), 0, line.size());
        return 0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
