package org.brazeroutes.database;

import org.brazeroutes.stream.Address;

/**
 * Where a database is and what is ours in it.
 *
 * @param url         JDBC URL as the user gave it
 * @param username    or empty
 * @param password    or empty; never printed
 * @param schema      or empty for the connection's own
 * @param prefix      of every table's name, or empty
 * @param connections how many at most
 * @param shown       the URL as it may be printed
 * @param namespace   where the user set all this, such as {@code sink.jdbc}
 */
public record DatabaseSettings(String url, String username, String password, String schema, String prefix,
        int connections, String shown, String namespace) {

    /** The database of the tables. */
    public DatabaseSettings(String url, String username, String password, String schema, String prefix, int connections, String shown) {
        this(url, username, password, schema, prefix, connections, shown, "sink.jdbc");
    }

    DatabaseSettings as(String user) {
        return new DatabaseSettings(url, user, password, schema, prefix, connections, shown, namespace);
    }

    Address address() {
        return new Address(url, shown);
    }

    /** The setting of that last name. */
    public String setting(String name) {
        return namespace + "." + name;
    }

    @Override
    public String toString() {
        return shown;
    }
}
