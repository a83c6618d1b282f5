package org.brazeroutes.settings;

import java.util.Optional;

/**
 * The settings {@code sink.jdbc.*}.
 *
 * @param schema      the schema of all tables; without it the database's default
 * @param tablePrefix before every table's name, may be empty
 * @param unnest      whether nested statistics get tables of their own
 * @param adopt       whether tables that exist and are not ours are taken over
 */
public record JdbcSettings(JdbcLogin login, Optional<String> schema, String tablePrefix, boolean unnest, boolean adopt) {
}
