package org.brazeroutes.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows as aligned lines of text, two spaces between columns. */
final class Table {

    private Table() {
    }

    static List<String> lines(List<String> head, List<? extends List<?>> rows) {
        List<List<String>> cells = Stream.concat(Stream.of(head), rows.stream())
                .map(row -> row.stream().map(Table::text).toList()).toList();
        int[] widths = new int[head.size()];
        boolean[] numbers = new boolean[head.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[at] = cells.stream().mapToInt(row -> width(row.get(at))).max().orElse(0);
            numbers[at] = rows.stream().allMatch(row -> row.get(at) == null || row.get(at) instanceof Number)
                    && rows.stream().anyMatch(row -> row.get(at) != null);
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - width(row.get(column)));
                line.append(column == 0 ? "" : "  ")
                        .append(numbers[column] ? padding + row.get(column) : row.get(column) + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String text(Object value) {
        return value == null ? "" : Console.printable(value.toString());
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
