package org.brazeroutes.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.brazeroutes.database.Database;

/** What the days near the cursor held when they were stored: by it a target that only appends tells a changed day from one that is as it was. */
public final class Fingerprints {

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

    /** Saves these in the caller's transaction and forgets what is older than the look-back will ask for. */
    public void save(Connection connection, String stream, String partition, Map<LocalDate, String> prints, LocalDate oldest)
            throws SQLException {
        StateStore.update(connection, "delete from " + table() + " where stream = ? and partition_id = ? and print_day < ?",
                stream, partition, oldest);
        String insert = "insert into " + table() + " (stream, partition_id, print_day, print) values (?, ?, ?, ?)";
        try (PreparedStatement delete = connection.prepareStatement("delete from " + table()
                + " where stream = ? and partition_id = ? and print_day = ?");
                PreparedStatement put = connection.prepareStatement(insert)) {
            for (Map.Entry<LocalDate, String> print : prints.entrySet()) {
                delete.setString(1, stream);
                delete.setString(2, partition);
                delete.setObject(3, print.getKey());
                delete.addBatch();
                put.setString(1, stream);
                put.setString(2, partition);
                put.setObject(3, print.getKey());
                put.setString(4, print.getValue());
                put.addBatch();
            }
            if (!prints.isEmpty()) {
                delete.executeBatch();
                put.executeBatch();
            }
        }
    }

    void forget(Connection connection, String stream) throws SQLException {
        StateStore.update(connection, "delete from " + table() + " where stream = ?", stream);
    }

    private String table() {
        return database.table(StateTables.FINGERPRINTS);
    }
}
