package org.brazeroutes.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;

/**
 * The layout of a table of ours.
 *
 * @param name    without prefix
 * @param columns in order
 * @param key     the columns that identify a record
 * @param keyed   true if they are the table's primary key, so that there is one row of each
 */
record Table(String name, List<Column> columns, List<String> key, boolean keyed) {

    static final String SYNCED_AT = "_synced_at";
    static final String SYNC_ID = "_sync_id";
    static final String EXTRA = "_extra";
    static final String REMOVED_AT = "_removed_at";

    /** The table for these columns, with those that every table of ours has. */
    static Table of(String name, List<Column> columns, List<String> key, boolean marksRemoved) {
        List<Column> all = new ArrayList<>(columns);
        all.add(new Column(SYNCED_AT, ColumnType.DATE_TIME));
        all.add(new Column(SYNC_ID, ColumnType.INTEGER));
        all.add(new Column(EXTRA, ColumnType.OBJECT));
        if (marksRemoved) {
            all.add(new Column(REMOVED_AT, ColumnType.DATE_TIME));
        }
        return new Table(name, List.copyOf(all), List.copyOf(key), true);
    }

    /** The same for the rows of append modes, where one key has several. */
    Table withoutKey() {
        return new Table(name, columns, key, false);
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    List<ColumnType> types() {
        return columns.stream().map(Column::type).toList();
    }

    /** The columns of the key that are strings, in its order. */
    List<String> keyStrings() {
        return key.stream().filter(name -> column(name).orElseThrow().type() == ColumnType.STRING).toList();
    }

    /** The columns whose change makes a row another one: all but the key and the marks of the pass. */
    List<String> valueColumns() {
        return columnNames().stream()
                .filter(name -> !key.contains(name) && !List.of(SYNCED_AT, SYNC_ID, REMOVED_AT).contains(name)).toList();
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
