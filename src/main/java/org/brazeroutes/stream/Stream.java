package org.brazeroutes.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream as its route file declares it: where its records come from and what its table looks like.
 *
 * @param name       the name of file, route, table and argument
 * @param path       the endpoint, {@code /campaigns/list}
 * @param query      parameters that every request carries
 * @param permission what the API key needs for the endpoint
 * @param bucket     the rate-limit bucket that its requests count against
 * @param records    the members that lead to the records; none means the whole answer is one record
 * @param parent     the stream whose records are this one's partitions, or null
 * @param partition  the column that holds the partition's id, or null
 * @param parameter  the request parameter that names the partition, or null
 * @param values     partitions beside the total, where no parent lists them (the app ids of a KPI)
 * @param only       the parent's boolean field without which a parent is no partition, or null
 * @param pageSize   records a page of a list, 0 for none
 * @param maxDays    days one request of a daily series may ask for, 0 for none
 * @param zeroFilled true if the series has a row for every day up to the last one it holds
 * @param cursor     the column of a daily series that holds the day, or null
 * @param columns    the table's columns in order, the partition's included
 * @param primaryKey columns that identify a record
 * @param unnest     tables of the rows inside object columns
 * @param retired    what to say when Braze has withdrawn the endpoint, or null
 */
public record Stream(
        String name, String path, Map<String, String> query, String permission, String bucket, List<String> records,
        String parent, String partition, String parameter, List<String> values, String only,
        int pageSize, int maxDays, boolean zeroFilled, String cursor,
        List<Column> columns, List<String> primaryKey, List<Unnest> unnest, String retired) {

    /** How a stream is read. */
    public enum Kind {
        /** Page by page, whole every time. */
        LIST,
        /** One record a partition. */
        DETAILS,
        /** A row a day. */
        SERIES
    }

    /** The partition of a stream, or of a daily series, that is not split: the total. */
    public static final String TOTAL = "";

    public Kind kind() {
        return maxDays > 0 ? Kind.SERIES : pageSize > 0 ? Kind.LIST : Kind.DETAILS;
    }

    /** What a message calls a partition; the total has no name. */
    public String shown(String id) {
        return id.equals(TOTAL) ? path : partition + " " + id;
    }

    /** The column of that name. */
    public Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** The key columns that an answer itself must fill: all but the partition's. */
    public List<String> keyFields() {
        List<String> fields = new ArrayList<>(primaryKey);
        fields.removeIf(key -> key.equals(partition));
        return fields;
    }
}
