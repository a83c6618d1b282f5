package org.brazeroutes.stream;

/** A declared column: the field's name in Braze's answer, which is the column's name too, and its type. */
public record Column(String name, ColumnType type) {
}
