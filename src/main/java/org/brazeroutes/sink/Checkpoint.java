package org.brazeroutes.sink;

import java.sql.Connection;
import java.sql.SQLException;

/** What must be saved in the transaction that stores the rows. */
public interface Checkpoint {
    void save(Connection connection) throws SQLException;
}
