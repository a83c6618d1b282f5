package org.brazeroutes.camel;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** A database that is none of the known ones: H2 under another name, {@code jdbc:other:}. */
final class OtherDriver implements Driver {

    private final Driver h2 = org.h2.Driver.load();

    static void register() throws SQLException {
        DriverManager.registerDriver(new OtherDriver());
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        return acceptsURL(url) ? h2.connect(url.replaceFirst("^jdbc:other:", "jdbc:h2:"), properties) : null;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:other:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
