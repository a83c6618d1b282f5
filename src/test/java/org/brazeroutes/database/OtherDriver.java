package org.brazeroutes.database;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/** A database that is none of the known ones: H2 under another name, such as {@code jdbc:other:}. */
public final class OtherDriver implements Driver {

    private final Driver h2 = org.h2.Driver.load();
    private final String prefix;
    private final UnaryOperator<Connection> connections;

    private OtherDriver(String prefix, UnaryOperator<Connection> connections) {
        this.prefix = prefix;
        this.connections = connections;
    }

    /** @param connections what a test makes of each of H2's connections */
    public static OtherDriver register(String prefix, UnaryOperator<Connection> connections) throws SQLException {
        OtherDriver driver = new OtherDriver(prefix, connections);
        DriverManager.registerDriver(driver);
        return driver;
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        return acceptsURL(url) ? connections.apply(h2.connect("jdbc:h2:" + url.substring(prefix.length()), properties)) : null;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(prefix);
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
