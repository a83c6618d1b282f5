package org.brazeroutes.settings;

import java.util.Optional;

/** What opens a database: a JDBC URL, and a user with a password unless the URL says it all. */
public record JdbcLogin(String url, Optional<String> username, Optional<Secret> password) {

    static String parseUrl(String text) {
        if (!text.startsWith("jdbc:") || text.length() < 8) {
            String better = text.contains("://") ? "jdbc:" + text.replaceFirst("^postgres://", "postgresql://")
                    : "jdbc:postgresql://host/database";
            throw new BadValue("use a JDBC URL, such as " + BadValue.shown(better));
        }
        return text;
    }

    /** The URL without credentials; the login itself is left out. */
    @Override
    public String toString() {
        return Secrets.mask(url);
    }
}
