package org.brazeroutes.settings;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Where records go: the tables of a database, files, or a Camel endpoint with its URI (else the URI is empty). */
public record SinkSetting(Kind kind, String uri) {

    /** The three kinds of sink. */
    public enum Kind { JDBC, FILE, ENDPOINT }

    /** Two letters at least: no component has one, but a Windows drive has. */
    private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.+");
    private static final Map<String, String> DATABASES = Map.of("postgres", "PostgreSQL", "postgresql", "PostgreSQL",
            "pg", "PostgreSQL", "mysql", "MySQL", "mariadb", "MariaDB", "h2", "H2");

    static SinkSetting parse(String text) {
        switch (text) {
            case "jdbc":
                return new SinkSetting(Kind.JDBC, "");
            case "file":
                return new SinkSetting(Kind.FILE, "");
            default:
        }
        String scheme = text.split(":", 2)[0].toLowerCase(Locale.ROOT);
        String database = DATABASES.get(scheme);
        if (database != null) {
            String driver = switch (database) {
                case "PostgreSQL" -> "postgresql://";
                case "H2" -> "h2:file:./";
                default -> "mariadb://";
            };
            throw new BadValue("use jdbc, file or a Camel endpoint URI. For " + database + ": sink=jdbc and sink.jdbc.url=jdbc:"
                    + driver + "…");
        }
        if (scheme.equals("jdbc")) {
            throw new BadValue("use sink=jdbc, and the URL as sink.jdbc.url");
        }
        if (!URI.matcher(text).matches()) {
            throw new BadValue("use jdbc, file or a Camel endpoint URI such as kafka:braze");
        }
        return new SinkSetting(Kind.ENDPOINT, text);
    }

    /** The URI without credentials. */
    @Override
    public String toString() {
        return kind == Kind.ENDPOINT ? Secrets.mask(uri) : kind.name().toLowerCase(Locale.ROOT);
    }
}
