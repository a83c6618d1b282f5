package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.brazeroutes.database.Database;
import org.brazeroutes.stream.ColumnType;

/** The files that are committed together with their cursors but may still have their hidden names; kept beside the cursors. */
final class PendingFiles {

    private static final String TABLE = "braze_files";

    private final Database database;

    PendingFiles(Database database) {
        this.database = database;
        database.transaction(connection -> {
            if (database.columns(connection, TABLE).isEmpty()) {
                Database.execute(connection, "create table " + table() + " (stream "
                        + database.dialect().keyType(database.dialect().keyLength(1)) + " not null, file_name "
                        + database.dialect().keyType(database.dialect().keyLength(0)) + " not null, sync_id bigint not null, "
                        + "records bigint not null, sha256 " + database.dialect().type(ColumnType.STRING)
                        + ", primary key (stream, file_name))" + database.dialect().tableOptions());
            }
            return null;
        });
    }

    List<FinishedFile> of(String stream) {
        return database.transaction(connection -> {
            List<FinishedFile> files = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select file_name, sync_id, records, sha256 from " + table()
                    + " where stream = ? order by file_name")) {
                select.setString(1, stream);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        files.add(new FinishedFile(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)));
                    }
                }
            }
            return files;
        });
    }

    void add(Connection connection, String stream, FinishedFile file) throws SQLException {
        remove(connection, stream, file);
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table()
                + " (stream, file_name, sync_id, records, sha256) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, stream);
            insert.setString(2, file.name());
            insert.setLong(3, file.syncId());
            insert.setLong(4, file.records());
            insert.setString(5, file.sha256());
            insert.executeUpdate();
        }
    }

    void remove(Connection connection, String stream, FinishedFile file) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from " + table() + " where stream = ? and file_name = ?")) {
            delete.setString(1, stream);
            delete.setString(2, file.name());
            delete.executeUpdate();
        }
    }

    private String table() {
        return database.table(TABLE);
    }
}
