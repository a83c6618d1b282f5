package org.brazeroutes.camel;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.brazeroutes.database.Database;
import org.brazeroutes.json.Json;
import org.brazeroutes.sink.Checkpoints;
import org.brazeroutes.sink.RecordJson;
import org.brazeroutes.sink.StreamWriter;
import org.brazeroutes.sink.Written;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Stream;

/** Sends the records of each answer, then saves the checkpoint: what is sent but not saved is sent again by the next pass. */
final class EndpointWriter implements StreamWriter {

    static final String STREAM = "BrazeStream";
    static final String KEY = "BrazeKey";
    static final String SYNC_ID = "BrazeSyncId";

    private final Stream stream;
    private final long syncId;
    private final Clock clock;
    private final Database state;
    private final Checkpoints checkpoints;
    private final BiConsumer<String, Map<String, Object>> send;
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    EndpointWriter(Stream stream, long syncId, Clock clock, Database state, Checkpoints checkpoints,
            BiConsumer<String, Map<String, Object>> send) {
        this.stream = stream;
        this.syncId = syncId;
        this.clock = clock;
        this.state = state;
        this.checkpoints = checkpoints;
        this.send = send;
    }

    @Override
    public Written write(List<Map<String, Object>> records, Checkpoint checkpoint) {
        Instant now = clock.instant();
        RecordJson json = new RecordJson();
        long count = 0;
        for (Map<String, Object> record : records) {
            String key = key(record);
            // pages of a list overlap when it changes while it is read; the days of a series come once
            boolean listed = stream.kind() != Stream.Kind.SERIES;
            if (listed && sent.contains(key)) {
                continue;
            }
            send.accept(json.text(record, now, syncId), Map.of(STREAM, stream.name(), KEY, key, SYNC_ID, syncId));
            count++;
            if (listed) {
                // not before: what was refused is not sent, and a route may try its step again
                sent.add(key);
            }
        }
        save(List.of(checkpoint));
        return new Written(count, 0, List.of());
    }

    /** One key column as it is, several as a JSON array: a name may hold any separator. */
    private String key(Map<String, Object> record) {
        List<String> columns = stream.primaryKey();
        return columns.size() == 1 ? String.valueOf(record.get(columns.get(0))) : Json.text(columns.stream().map(record::get).toList());
    }

    private void save(List<Checkpoint> reached) {
        state.transaction(connection -> {
            checkpoints.save(connection, reached);
            return null;
        });
    }

    /** What was sent stays sent, and is not sent again when a list is walked anew. */
    @Override
    public void restart() {
        // nothing to take back
    }

    @Override
    public Written finish(boolean complete) {
        save(List.of());
        return Written.NOTHING;
    }

    @Override
    public void close() {
        // nothing is held between answers
    }
}
