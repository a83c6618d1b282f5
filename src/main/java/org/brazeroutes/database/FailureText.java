package org.brazeroutes.database;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.brazeroutes.stream.Causes;

/** What a database said of a failure, in one line without secrets and with what to do. */
record FailureText(DatabaseSettings settings, Dialect dialect) {

    /** The database cannot be opened. */
    DatabaseException opening(Exception e) {
        Throwable why = Causes.deepest(e);
        String said = settings.address().hideIn(Causes.line(why).replaceAll(" \\[\\d+-\\d+]$|\\.$", ""));
        String line = "cannot open " + settings.shown() + ": " + said;
        if (why instanceof UnusableUrlException || why instanceof SQLException refused && dialect.refusesUrl(refused)) {
            return new UnusableUrlException(line + ". Mend " + settings.setting("url"), settings.address().cause(e));
        }
        return new DatabaseException(line + dialect.missingOption(said).map(option -> ". Add " + option + " to " + settings.setting("url"))
                .orElse(". Check " + settings.setting("url") + ", the user and whether it may write there"), settings.address().cause(e));
    }

    /** It was open, and refused something or went away. */
    DatabaseException whileOpen(SQLException e) {
        String said = settings.address().hideIn(line(e));
        String toDo = dialect.lacksRight(e) ? ". Grant the user of " + settings.setting("username") + " this right, or create schema and tables for it"
                : connectionLost(e) ? ". Run again when the database answers" : "";
        return new DatabaseException(settings.shown() + ": " + said.replaceFirst("; SQL statement:$|\\.$", "") + toDo, e);
    }

    /** What the database said; of a connection that is not to be had, why. */
    private String line(SQLException e) {
        // of a batch PostgreSQL's driver quotes the statement with its values; MariaDB's number of the connection makes one failure many
        String said = Causes.line(e instanceof BatchUpdateException ? Causes.deepest(e) : e).replaceFirst("^\\(conn=\\d+\\) ", "");
        String why = e instanceof SQLTransientConnectionException || connectionLost(e) ? Causes.line(Causes.deepest(e)) : said;
        return said.contains(why) ? said : said.replaceFirst("\\.$", "") + ": " + why;
    }

    /** By SQL's class for connections, PostgreSQL's states of a server that ends, or the product's own of a database that it has closed. */
    boolean connectionLost(SQLException e) {
        return Sql.hasState(e, "08.*|57P0.*") || dialect.isClosed(e);
    }
}
