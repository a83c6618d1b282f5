package org.brazeroutes.camel;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;

/**
 * Reads files as a stranger would: JSON Lines line by line, CSV and Parquet by DuckDB. Columns and {@code _extra} become one
 * record again, with the marks of the pass.
 */
final class FileReader {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private FileReader() {
    }

    /** The files of a stream that readers see, in order. */
    static List<Path> files(Path directory, String stream) throws IOException {
        try (java.util.stream.Stream<Path> found = Files.list(directory.resolve(stream))) {
            return found.filter(path -> !path.getFileName().toString().matches("[._].*")).sorted().toList();
        }
    }

    static List<Map<String, Object>> records(Path file, Stream stream) throws IOException, SQLException {
        String name = file.getFileName().toString();
        return name.contains(".jsonl") ? jsonLines(file) : table(file, stream);
    }

    static List<Map<String, Object>> all(Path directory, Stream stream) throws IOException, SQLException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Path file : files(directory, stream.name())) {
            all.addAll(records(file, stream));
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> jsonLines(Path file) throws IOException {
        List<Map<String, Object>> records = new ArrayList<>();
        InputStream bytes = Files.newInputStream(file);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(JSON.readValue(line, Map.class));
            }
        }
        return records;
    }

    private static List<Map<String, Object>> table(Path file, Stream stream) throws SQLException, IOException {
        List<Map<String, Object>> records = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet row = duck.createStatement().executeQuery("select * from " + source(file))) {
            while (row.next()) {
                records.add(record(row, stream));
            }
        }
        return records;
    }

    private static String source(Path file) {
        return file.toString().endsWith(".parquet") ? "read_parquet('" + file + "')"
                : "read_csv('" + file + "', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"',"
                        + " allow_quoted_nulls = false, auto_detect = false, columns = {" + columns(file) + "})";
    }

    private static String columns(Path file) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file.toString().endsWith(".gz")
                ? new GZIPInputStream(Files.newInputStream(file)) : Files.newInputStream(file), StandardCharsets.UTF_8))) {
            List<String> types = new ArrayList<>();
            for (String name : lines.readLine().split(",")) {
                types.add("'" + name.replace("\"", "") + "': 'VARCHAR'");
            }
            return String.join(", ", types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The column types that DuckDB finds in a Parquet file. */
    static Map<String, String> types(Path file) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet row = duck.createStatement().executeQuery("describe select * from " + source(file))) {
            while (row.next()) {
                types.put(row.getString(1), row.getString(2));
            }
        }
        return types;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> record(ResultSet row, Stream stream) throws SQLException, IOException {
        Map<String, Object> record = new TreeMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String name = row.getMetaData().getColumnLabel(i);
            Object value = row.getObject(i);
            if (name.equals("_extra")) {
                if (value != null) {
                    record.putAll(JSON.readValue(row.getString(i), Map.class));
                }
            } else if (name.equals("_sync_id")) {
                record.put(name, Long.valueOf(row.getString(i)));
            } else if (value != null) {
                ColumnType type = name.equals("_synced_at") ? ColumnType.DATE_TIME : stream.column(name).orElseThrow().type();
                record.put(name, value(type, value, row.getString(i)));
            }
        }
        return record;
    }

    private static Object value(ColumnType type, Object value, String text) throws IOException {
        return switch (type) {
            case STRING, DATE -> text;
            case INTEGER, NUMBER -> new BigDecimal(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case DATE_TIME -> value instanceof OffsetDateTime time ? time.toInstant() : Instant.parse(text);
            case OBJECT, ARRAY -> JSON.readValue(text, Object.class);
        };
    }
}
