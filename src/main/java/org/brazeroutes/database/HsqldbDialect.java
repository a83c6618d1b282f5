package org.brazeroutes.database;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

/** HSQLDB, where a stage is a table that the session itself declares. */
final class HsqldbDialect extends AnsiDialect {

    HsqldbDialect(DatabaseMetaData metaData) throws SQLException {
        // declared tables have no clob
        super(metaData, List.of("longvarchar"));
    }

    @Override
    public String sessionTable(String name) {
        return "session." + super.sessionTable(name);
    }

    /** It would wait for itself for ever where a definition that outlives its session is dropped while a connection opens. */
    @Override
    public List<String> createSessionTable(String table, List<String> columns, List<String> key) {
        return List.of(dropSessionTable(table), "declare local temporary table " + table + " " + Sql.definition(columns, key) + " on commit preserve rows");
    }
}
