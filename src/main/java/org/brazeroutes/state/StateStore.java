package org.brazeroutes.state;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.Checkpoint;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Cursor;

/** What is known of streams and their partitions, and the choices made for them, in tables beside the rows or in a database of their own. */
public final class StateStore {

    /** Partitions that one query names at most; some databases have few thousand parameters. */
    private static final int CHUNK = 500;

    private static final List<ColumnType> CURSOR_TYPES = List.of(ColumnType.DATE, ColumnType.DATE, ColumnType.BOOLEAN, ColumnType.STRING, ColumnType.STRING);

    private static final List<ColumnType> PRINT_TYPES = List.of(ColumnType.STRING, ColumnType.STRING, ColumnType.STRING);

    /** Begins the name of the setting that keeps what a list held. */
    private static final String LISTED = "listed.";

    private final Database database;
    private final History history;

    private StateStore(Database database) {
        this.database = database;
        this.history = new History(database);
    }

    /** The state in that database; its tables are created if they are not there. */
    public static StateStore open(Database database) {
        database.creating(connection -> {
            StateTables.create(database, connection);
            return null;
        });
        return new StateStore(database);
    }

    /** The state in that database, to be read only; empty if nothing was ever synced there. */
    public static Optional<StateStore> read(Database database) {
        return database.transaction(connection -> StateTables.exist(database, connection))
                ? Optional.of(new StateStore(database)) : Optional.empty();
    }

    /** Throws if the user may not change the state, and changes nothing. */
    public void tryChanging() {
        database.transaction(connection -> {
            StateTables.tryChanging(database, connection);
            return null;
        });
    }

    public Database database() {
        return database;
    }

    /** The passes of the past. */
    public History history() {
        return history;
    }

    /** A choice that the stored rows were made under: the workspace, the time zone, the start date. */
    public Optional<String> setting(String name) {
        return database.transaction(connection -> setting(connection, name));
    }

    private Optional<String> setting(Connection connection, String name) throws SQLException {
        return Sql.query(connection, "select setting from " + table(StateTables.SETTINGS) + " where name = ?", row -> row.getString(1), name)
                .stream().findFirst();
    }

    public void saveSetting(String name, String value) {
        database.creating(connection -> {
            saveSetting(connection, name, value);
            return null;
        });
    }

    private void saveSetting(Connection connection, String name, String value) throws SQLException {
        if (Sql.update(connection, "update " + table(StateTables.SETTINGS) + " set setting = ? where name = ?", value, name) == 0) {
            Sql.update(connection, "insert into " + table(StateTables.SETTINGS) + " (name, setting) values (?, ?)", name, value);
        }
    }

    /** True if anything was read into the target, or is being read just now. */
    public boolean holdsRecords(Instant now) {
        return database.transaction(connection -> Sql.any(connection, "select 1 from " + table(StateTables.CURSORS) + " where last_day is not null"
                + " union select 1 from " + table(StateTables.SYNCS) + " where records > 0 union select 1 from " + table(StateTables.STREAMS)
                + " where listed > 0 or lease_until > ?", database.dialect().time(now)));
    }

    /** The cursors of these partitions; those without a stored day are missing. */
    public Map<String, Cursor> cursors(String stream, List<String> partitions) {
        return partitions(stream, partitions, "last_day", row -> new Cursor(day(row, 3), day(row, 2)));
    }

    /** The fingerprints of these partitions by day; those without any are missing. */
    public Map<String, Map<LocalDate, String>> prints(String stream, List<String> partitions) {
        return partitions(stream, partitions, "prints", row -> Fingerprints.days(row.getString(2)));
    }

    /** What was noted of these partitions with {@link #saveSeen}; those without a note are missing. */
    public Map<String, String> seen(String stream, List<String> partitions) {
        return partitions(stream, partitions, "seen", row -> row.getString(2));
    }

    private <T> Map<String, T> partitions(String stream, List<String> partitions, String column, Sql.Row<T> read) {
        return database.transaction(connection -> partitions(connection, stream, partitions, column, read));
    }

    /** By partition what is in the column, where that is not null. */
    private <T> Map<String, T> partitions(Connection connection, String stream, List<String> partitions, String column, Sql.Row<T> read)
            throws SQLException {
        var found = new HashMap<String, T>();
        for (int from = 0; from < partitions.size(); from += CHUNK) {
            List<String> chunk = partitions.subList(from, Math.min(partitions.size(), from + CHUNK));
            String sql = "select partition_id, " + column + ", first_day from " + table(StateTables.CURSORS) + " where stream = ? and "
                    + column + " is not null and partition_id in (" + Sql.places(chunk.size()) + ")";
            List<Object> parameters = new ArrayList<>(List.of(stream));
            parameters.addAll(chunk);
            Sql.query(connection, sql, row -> found.put(row.getString(1), read.read(row)), parameters.toArray());
        }
        return found;
    }

    /** Notes something about a partition for the next passes of its stream; null forgets it. */
    public void saveSeen(String stream, String partition, String note) {
        database.transaction(connection -> {
            savePartition(connection, stream, partition, "seen = ?", note);
            return null;
        });
    }

    /** Saves checkpoints in the caller's transaction, which must hold the stream's lease; of one partition the last counts. */
    public void save(Connection connection, String stream, List<Checkpoint> checkpoints) throws SQLException {
        Map<String, Object[]> cursors = new LinkedHashMap<>();
        Map<String, Object[]> prints = new LinkedHashMap<>();
        for (Checkpoint checkpoint : checkpoints) {
            String partition = checkpoint.partition();
            if (checkpoint.cursor() != null) {
                cursors.put(partition, new Object[] {checkpoint.cursor().first(), checkpoint.cursor().last(), false, stream, partition});
            }
            if (checkpoint.prints() != null) {
                prints.put(partition, new Object[] {Fingerprints.text(checkpoint.prints()), stream, partition});
            }
        }
        saveCursors(connection, stream, cursors);
        database.dialect().batch(connection, "update " + table(StateTables.CURSORS) + " set prints = ? where stream = ? and partition_id = ?",
                PRINT_TYPES, prints.values());
    }

    private void saveCursors(Connection connection, String stream, Map<String, Object[]> cursors) throws SQLException {
        Set<String> known = partitions(connection, stream, List.copyOf(cursors.keySet()), "gone", row -> true).keySet();
        Map<Boolean, List<Object[]>> rows = cursors.entrySet().stream()
                .collect(partitioningBy(cursor -> known.contains(cursor.getKey()), mapping(Map.Entry::getValue, toList())));
        database.dialect().batch(connection, "insert into " + table(StateTables.CURSORS)
                + " (first_day, last_day, gone, stream, partition_id) values (?, ?, ?, ?, ?)", CURSOR_TYPES, rows.get(false));
        database.dialect().batch(connection, "update " + table(StateTables.CURSORS)
                + " set first_day = ?, last_day = ?, gone = ? where stream = ? and partition_id = ?", CURSOR_TYPES, rows.get(true));
    }

    /** Notes that Braze no longer knows the partition; true if that is new. Its cursor stays. */
    public boolean saveGone(String stream, String partition) {
        return database.transaction(connection -> {
            boolean known = Sql.query(connection, "select gone from " + table(StateTables.CURSORS)
                    + " where stream = ? and partition_id = ?", row -> row.getBoolean(1), stream, partition).contains(true);
            if (!known) {
                savePartition(connection, stream, partition, "gone = true");
            }
            return !known;
        });
    }

    private void savePartition(Connection connection, String stream, String partition, String set, Object... values)
            throws SQLException {
        Object[] parameters = Arrays.copyOf(values, values.length + 2);
        parameters[values.length] = stream;
        parameters[values.length + 1] = partition;
        String update = "update " + table(StateTables.CURSORS) + " set " + set + " where stream = ? and partition_id = ?";
        if (Sql.update(connection, update, parameters) == 0) {
            Sql.update(connection, "insert into " + table(StateTables.CURSORS) + " (stream, partition_id, gone) values (?, ?, false)",
                    stream, partition);
            Sql.update(connection, update, parameters);
        }
    }

    /** Oldest and newest cursor over the stream's partitions; null without any. */
    public Cursor cursorRange(String stream) {
        return database.transaction(connection -> Sql.query(connection, "select min(last_day), max(last_day) from "
                + table(StateTables.CURSORS) + " where stream = ?",
                row -> row.getObject(1) == null ? null : new Cursor(day(row, 1), day(row, 2)), stream)).get(0);
    }

    /** Forgets which days of the stream are stored, in the caller's transaction; true if any were. */
    public boolean forgetDays(Connection connection, String stream) throws SQLException {
        return Sql.update(connection, "update " + table(StateTables.CURSORS) + " set first_day = null, last_day = null, prints = null"
                + " where stream = ? and last_day is not null", stream) > 0;
    }

    /** Forgets what was read of the stream; leases and history stay. */
    public void reset(String stream) {
        database.transaction(connection -> {
            reset(connection, stream);
            return null;
        });
    }

    /** Forgets all of the stream but its lease, in the caller's transaction. */
    public void drop(Connection connection, String stream) throws SQLException {
        reset(connection, stream);
        history.drop(connection, stream);
    }

    private void reset(Connection connection, String stream) throws SQLException {
        Sql.update(connection, "delete from " + table(StateTables.CURSORS) + " where stream = ?", stream);
        Sql.update(connection, "update " + table(StateTables.STREAMS) + " set listed = 0, empty_once = false where stream = ?", stream);
        forgetPrints(connection, stream);
    }

    private void forgetPrints(Connection connection, String stream) throws SQLException {
        Sql.update(connection, "delete from " + table(StateTables.SETTINGS) + " where name = ?", LISTED + stream);
    }

    /** What the last listing that counted held; of a stream that was never listed, or forgotten, nothing. */
    public Listed listed(String stream) {
        return database.transaction(connection -> {
            Set<String> prints = setting(connection, LISTED + stream).map(text -> Set.copyOf(Arrays.asList(text.split(" ")))).orElse(Set.of());
            return Sql.query(connection, "select listed, empty_once from " + table(StateTables.STREAMS) + " where stream = ?",
                    row -> new Listed(row.getLong(1), row.getBoolean(2), prints), stream);
        }).stream().findFirst().orElse(Listed.NOTHING);
    }

    public void saveListed(String stream, Listed listed) {
        database.creating(connection -> {
            Leases.ensureRow(database, connection, stream);
            if (listed.prints().isEmpty()) {
                forgetPrints(connection, stream);
            } else {
                saveSetting(connection, LISTED + stream, String.join(" ", listed.prints()));
            }
            return Sql.update(connection, "update " + table(StateTables.STREAMS) + " set listed = ?, empty_once = ? where stream = ?",
                    listed.count(), listed.emptyOnce(), stream);
        });
    }

    /**
     * A listing.
     *
     * @param count     its objects
     * @param emptyOnce true if the one after it came back empty
     * @param prints    a hash of each object's key; none of a long list, or of one that an earlier build read
     */
    public record Listed(long count, boolean emptyOnce, Set<String> prints) {

        public static final Listed NOTHING = new Listed(0, false, Set.of());
    }

    private String table(String name) {
        return database.table(name);
    }

    private static LocalDate day(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
