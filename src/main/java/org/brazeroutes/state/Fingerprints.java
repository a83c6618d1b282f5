package org.brazeroutes.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;

/** What the days near the cursor held when they were stored: by it a target that only appends tells a changed day from one that is as it was. */
public final class Fingerprints {

    private static final List<Column> COLUMNS = List.of(new Column("stream", ColumnType.STRING),
            new Column("partition_id", ColumnType.STRING), new Column("print_day", ColumnType.DATE), new Column("print", ColumnType.STRING));
    private static final List<ColumnType> KEY_TYPES = COLUMNS.subList(0, 3).stream().map(Column::type).toList();

    private final Database database;

    Fingerprints(Database database) {
        this.database = database;
    }

    /** The fingerprints of a partition by day; empty for a day that had no record. */
    public Map<LocalDate, String> of(String stream, String partition) {
        return database.transaction(connection -> {
            Map<LocalDate, String> prints = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement("select print_day, print from " + table()
                    + " where stream = ? and partition_id = ?")) {
                select.setString(1, stream);
                select.setString(2, partition);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        prints.put(row.getObject(1, LocalDate.class), row.getString(2));
                    }
                }
            }
            return prints;
        });
    }

    /** Saves the days' fingerprints in the caller's transaction and forgets what is older than the look-back will ask for. */
    void save(Connection connection, String stream, List<Checkpoint> checkpoints) throws SQLException {
        List<Checkpoint> printed = checkpoints.stream().filter(checkpoint -> !checkpoint.prints().isEmpty()).toList();
        Map<List<Object>, Object[]> prints = new LinkedHashMap<>();
        printed.forEach(checkpoint -> checkpoint.prints().forEach((day, print) -> prints.put(List.of(checkpoint.partition(), day),
                new Object[] {stream, checkpoint.partition(), day, print})));
        Sql.batch(connection, database.dialect(), "delete from " + table() + " where stream = ? and partition_id = ? and print_day < ?",
                KEY_TYPES, printed.stream().map(checkpoint -> new Object[] {stream, checkpoint.partition(), checkpoint.oldest()}).toList());
        database.replace(connection, StateTables.FINGERPRINTS, COLUMNS, 3, prints.values());
    }

    void forget(Connection connection, String stream) throws SQLException {
        StateStore.update(connection, "delete from " + table() + " where stream = ?", stream);
    }

    private String table() {
        return database.table(StateTables.FINGERPRINTS);
    }
}
