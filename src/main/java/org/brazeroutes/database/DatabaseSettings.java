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
 * @param namespace   where the user set all this: {@code sink.jdbc}, {@code state.jdbc} or {@link #OF_FILES}
 */
public record DatabaseSettings(String url, String username, String password, String schema, String prefix,
        int connections, String shown, String namespace) {

    /** Of a state that lies in the folder of the files, because nothing else was set. */
    public static final String OF_FILES = "sink.file.directory";

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

    /** The setting of that last name, or the one that it follows from. */
    public String setting(String name) {
        return namespace.equals(OF_FILES) ? OF_FILES : namespace + "." + name;
    }

    @Override
    public String toString() {
        return shown;
    }
}
