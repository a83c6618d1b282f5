package org.brazeroutes.sink;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;

/** CSV as RFC 4180 has it, with a header; null is an empty field, an empty string a quoted one, and numbers keep their digits. */
final class CsvFile implements RecordFile {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();

    private final Table table;
    private final RowMapper mapper;
    private final CSVPrinter printer;

    CsvFile(OutputStream out, Table table) throws IOException {
        this.table = table;
        this.mapper = new RowMapper(table);
        this.printer = new CSVPrinter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), FORMAT);
        printer.printRecord(table.columnNames());
    }

    @Override
    public int write(Map<String, Object> record, Instant syncedAt, long syncId) throws IOException {
        Row row = mapper.row(record, RowMapper.time(syncedAt), syncId);
        for (int i = 0; i < row.values().length; i++) {
            printer.print(field(table.columns().get(i), row.values()[i], record));
        }
        printer.println();
        return row.misfits();
    }

    private static Object field(Column column, Object value, Map<String, Object> record) {
        if (value != null && column.type() == ColumnType.NUMBER) {
            return new BigDecimal(String.valueOf(record.get(column.name())));
        }
        if (value instanceof byte[] json) {
            return new String(json, StandardCharsets.UTF_8);
        }
        return value instanceof OffsetDateTime time ? time.toInstant() : value;
    }

    @Override
    public void close() throws IOException {
        printer.close(true);
    }
}
