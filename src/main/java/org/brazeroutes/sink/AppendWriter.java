package org.brazeroutes.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Adds the records of each answer at once, in one transaction with its checkpoint; what is stored already is not among them. */
final class AppendWriter implements StreamWriter {

    private final Target target;

    AppendWriter(Target target) {
        this.target = target;
    }

    @Override
    public Written write(List<Map<String, Object>> records, Checkpoint checkpoint) {
        List<String> refused = new ArrayList<>();
        Collection<Row> rows = new RowMapper(target.table()).rows(records, target.clock().instant(), target.syncId(), refused).values();
        target.database().transaction(connection -> {
            checkpoint.save(connection);
            if (!rows.isEmpty()) {
                target.insert(connection, rows);
                target.unnester().add(connection, rows);
            }
            return null;
        });
        return new Written(rows.size(), rows.stream().mapToInt(Row::misfits).sum(), refused);
    }

    @Override
    public void restart() {
        // answers are stored as they come
    }

    @Override
    public Written finish(boolean complete, Checkpoint checkpoint) {
        return Written.NOTHING;
    }

    @Override
    public void close() {
        // nothing is held between answers
    }
}
