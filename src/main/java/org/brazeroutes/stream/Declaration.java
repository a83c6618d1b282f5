package org.brazeroutes.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a stream from the parameters of its {@code table:} step; every error says which parameter and what to write. */
public final class Declaration {

    private static final Set<String> PARAMETERS = Set.of("path", "query", "permission", "bucket", "records", "parent",
            "partition", "parameter", "values", "only", "pageSize", "maxDays", "zeroFilled", "cursor", "columns",
            "primaryKey", "unnest", "retired");

    private static final String OURS = "braze_";

    private static final Set<String> RESERVED = Set.of("_extra", "_removed_at", "_sync_id", "_synced_at");

    private final Map<String, String> given;

    private Declaration(Map<String, String> given) {
        this.given = given;
    }

    /** The stream that these parameters declare; throws IllegalArgumentException with one line if they do not. */
    public static Stream parse(String name, Map<String, String> parameters) {
        if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("a stream's name has lower-case letters, digits and _, 63 at most, not '" + name + "'");
        }
        refuseOurs(name);
        for (String parameter : new TreeMap<>(parameters).keySet()) {
            if (!PARAMETERS.contains(parameter)) {
                throw new IllegalArgumentException("unknown parameter '" + parameter + "'; there are "
                        + String.join(", ", new TreeSet<>(PARAMETERS)) + ", and an & inside a value is written %26");
            }
        }
        return new Declaration(parameters).stream(name);
    }

    private Stream stream(String name) {
        List<Column> columns = columns();
        Stream stream = new Stream(name, required("path"), query(), required("permission"),
                given.getOrDefault("bucket", "default"), List.of(text("records", "").split("\\.")).stream()
                        .filter(member -> !member.isBlank()).toList(),
                given.get("parent"), field("partition"), given.getOrDefault("parameter", given.get("partition")),
                list("values").stream().distinct().toList(), given.get("only"), number("pageSize"), number("maxDays"),
                flag("zeroFilled"), field("cursor"), columns, list("primaryKey").stream().map(String::intern).toList(),
                list("unnest").stream().map(Unnest::parse).toList(), given.get("retired"));
        check(stream);
        return stream;
    }

    private static void refuseOurs(String table) {
        if (table.startsWith(OURS)) {
            throw new IllegalArgumentException("names that begin with " + OURS + " are those of the state's tables, such as '" + table + "'; choose another");
        }
    }

    private static void check(Stream stream) {
        if (!stream.path().matches("/[^?#\\s{}]*")) {
            throw new IllegalArgumentException("path is '" + stream.path() + "', not one such as /segments/list; parameters stand in query");
        }
        if (Set.copyOf(stream.primaryKey()).size() < stream.primaryKey().size()) {
            throw new IllegalArgumentException("primaryKey names a column twice");
        }
        for (int i = 0; i < stream.unnest().size(); i++) {
            checkUnnest(stream, stream.unnest().get(i), stream.unnest().subList(0, i));
        }
        if (stream.primaryKey().isEmpty()) {
            throw new IllegalArgumentException("primaryKey is missing; name the columns that identify a record");
        }
        List<String> mentioned = new ArrayList<>(stream.primaryKey());
        stream.unnest().forEach(unnest -> mentioned.add(unnest.column()));
        if (stream.partition() != null) {
            mentioned.add(stream.partition());
        }
        for (String column : mentioned) {
            if (stream.column(column).isEmpty()) {
                throw new IllegalArgumentException("'" + column + "' is not among the columns");
            }
        }
        if (stream.maxDays() > 0 && stream.column(String.valueOf(stream.cursor()))
                .filter(column -> column.type() == ColumnType.DATE).isEmpty()) {
            throw new IllegalArgumentException("a daily series (maxDays) needs a cursor, a column of type date");
        }
        for (String needed : Arrays.asList(stream.cursor(), stream.partition())) {
            if (stream.maxDays() > 0 && needed != null && !stream.primaryKey().contains(needed)) {
                throw new IllegalArgumentException("primaryKey must name " + needed + " too; without it records would replace each other");
            }
        }
        if (stream.parent() != null && stream.partition() == null) {
            throw new IllegalArgumentException("a stream with a parent needs partition, the column of the parent's id");
        }
        if (!stream.values().isEmpty() && (stream.partition() == null || stream.parent() != null)) {
            throw new IllegalArgumentException("values needs partition, the column that tells their records apart, and no parent");
        }
        if (stream.pageSize() > 0 && (stream.maxDays() > 0 || stream.parent() != null || stream.partition() != null)) {
            throw new IllegalArgumentException("a list (pageSize) has no maxDays, no parent and no partition");
        }
        if (stream.pageSize() == 0 && stream.maxDays() == 0 && stream.parent() == null) {
            throw new IllegalArgumentException("say how to read it: pageSize for a list, maxDays for a daily series, "
                    + "parent for one record a partition");
        }
    }

    private static void checkUnnest(Stream stream, Unnest unnest, List<Unnest> before) {
        refuseOurs(unnest.table());
        if (before.stream().anyMatch(other -> other.table().equals(unnest.table()))) {
            throw new IllegalArgumentException("unnest: the table '" + unnest.table() + "' stands there twice");
        }
        Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        columns.addAll(stream.primaryKey());
        columns.addAll(RESERVED);
        for (String column : unnest.keyColumns()) {
            if (!columns.add(column)) {
                throw new IllegalArgumentException("unnest: '" + column + "' is a column of " + unnest.table() + " already; choose another name");
            }
        }
    }

    private List<Column> columns() {
        var columns = new LinkedHashMap<String, Column>();
        for (String item : list("columns")) {
            String[] words = item.split("\\s+");
            if (words.length != 2 || !words[0].matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
                throw new IllegalArgumentException("columns: '" + item + "' is not 'name type', with 63 letters, digits and _ at most");
            }
            ColumnType type = ColumnType.of(words[1]).orElseThrow(() -> new IllegalArgumentException(
                    "columns: '" + item + "' has no such type; there are " + ColumnType.names()));
            if (RESERVED.contains(words[0].toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("columns: '" + words[0] + "' is a column that every table gets; choose another");
            }
            // databases do not tell them apart by case
            if (columns.keySet().stream().anyMatch(words[0]::equalsIgnoreCase)) {
                throw new IllegalArgumentException("columns: '" + words[0] + "' stands there twice");
            }
            columns.put(words[0], new Column(words[0].intern(), type));
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns is missing; write 'id string, name string, …'");
        }
        return List.copyOf(columns.values());
    }

    private Map<String, String> query() {
        var query = new LinkedHashMap<String, String>();
        for (String item : list("query")) {
            int equals = item.indexOf('=');
            if (equals < 1 || item.startsWith("{")) {
                throw new IllegalArgumentException("query: '" + item + "' is not 'name=value'");
            }
            query.put(item.substring(0, equals), item.substring(equals + 1));
        }
        return query;
    }

    private String required(String parameter) {
        String value = given.get(parameter);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(parameter + " is missing");
        }
        return value.trim();
    }

    /** A field's name, the one object that JSON is read with too: records find it sooner. */
    private String field(String parameter) {
        String name = given.get(parameter);
        return name == null ? null : name.intern();
    }

    private String text(String parameter, String without) {
        return given.getOrDefault(parameter, without).trim();
    }

    private boolean flag(String parameter) {
        String text = text(parameter, "false").toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(parameter + " is '" + text + "', not true or false");
        }
        return text.equals("true");
    }

    private int number(String parameter) {
        String text = text(parameter, "0");
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(parameter + " is '" + text + "', not a whole number");
    }

    private List<String> list(String parameter) {
        return Arrays.stream(text(parameter, "").split(",")).map(String::trim).filter(item -> !item.isEmpty()).toList();
    }
}
