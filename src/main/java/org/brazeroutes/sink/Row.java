package org.brazeroutes.sink;

import java.util.List;
import java.util.Map;

/** One record as a row: its values in the order of the table's columns, and the record it was made from. */
record Row(Object[] values, List<Object> key, Map<String, Object> record, int misfits) {
}
