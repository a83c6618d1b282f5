package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.brazeroutes.database.Database;
import org.brazeroutes.database.Dialect;
import org.brazeroutes.database.Sql;
import org.brazeroutes.stream.ColumnType;

/** The files that are committed together with their cursors but may still have their hidden names; kept beside the cursors. */
final class PendingFiles {

    private static final String TABLE = "braze_files";
    /** Stands for all files of a stream that are to be deleted; no file of ours has this name. */
    private static final String DROPPED = ".dropped";

    private final Database database;

    PendingFiles(Database database) {
        this.database = database;
        database.creating(connection -> {
            Dialect dialect = database.dialect();
            database.schema().create(connection, TABLE, "stream " + dialect.keyType(dialect.keyLength(1)) + " not null, file_name "
                    + dialect.keyType(dialect.keyLength(0)) + " not null, sync_id bigint not null, records bigint not null, sha256 "
                    + dialect.type(ColumnType.STRING) + ", primary key (stream, file_name)");
            return null;
        });
    }

    List<FinishedFile> of(String stream) {
        return database.transaction(connection -> Sql.query(connection, "select file_name, sync_id, records, sha256 from " + table()
                + " where stream = ? and file_name <> ? order by file_name",
                row -> new FinishedFile(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)), stream, DROPPED));
    }

    /** Adds the file, in place of one of that name which an earlier pass left. */
    void add(Connection connection, String stream, FinishedFile file) throws SQLException {
        Sql.update(connection, "delete from " + table() + " where stream = ? and file_name = ?", stream, file.name());
        Sql.update(connection, "insert into " + table() + " (stream, file_name, sync_id, records, sha256) values (?, ?, ?, ?, ?)",
                stream, file.name(), file.syncId(), file.records(), file.sha256());
    }

    /** Removes the file as this pass added it; one that took its place meanwhile stays. */
    void remove(Connection connection, String stream, FinishedFile file) throws SQLException {
        Sql.update(connection, "delete from " + table() + " where stream = ? and file_name = ? and sync_id = ?", stream, file.name(), file.syncId());
    }

    /** Forgets the stream's files and notes that they are to be deleted. */
    void drop(Connection connection, String stream) throws SQLException {
        forget(connection, stream);
        add(connection, stream, new FinishedFile(DROPPED, 0, 0, ""));
    }

    /** True if anything is left to do: files to rename, or all to delete. */
    boolean any(String stream) {
        return database.transaction(connection -> Sql.any(connection, "select 1 from " + table() + " where stream = ?", stream));
    }

    /** True if the stream's files are to be deleted before new ones are written. */
    boolean dropped(String stream) {
        return database.transaction(connection -> Sql.any(connection, "select 1 from " + table() + " where stream = ? and file_name = ?",
                stream, DROPPED));
    }

    /** Forgets all of the stream. */
    void forget(Connection connection, String stream) throws SQLException {
        Sql.update(connection, "delete from " + table() + " where stream = ?", stream);
    }

    private String table() {
        return database.table(TABLE);
    }
}
