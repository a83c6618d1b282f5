package org.brazeroutes.camel;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Rows as JSON objects that can be compared: keys in order, numbers by their value, nulls left out. */
final class FixtureRows {

    static final ObjectMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private FixtureRows() {
    }

    /** The rows of a table without the marks of the pass. */
    static List<JsonNode> stored(SyncFixture fixture, String table) throws SQLException, IOException {
        try (Connection connection = fixture.connect(); ResultSet rows = connection.createStatement().executeQuery("select * from " + table)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<JsonNode> result = new ArrayList<>();
            while (rows.next()) {
                ObjectNode row = MAPPER.createObjectNode();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
                    if (!List.of("_synced_at", "_sync_id").contains(name) && rows.getObject(i) != null) {
                        row.set(name, columns.getColumnTypeName(i).equals("JSON") ? MAPPER.readTree(rows.getString(i)) : value(rows.getObject(i)));
                    }
                }
                result.add(comparable(row));
            }
            return result;
        }
    }

    private static JsonNode value(Object value) {
        if (value instanceof Number number) {
            return DecimalNode.valueOf(new BigDecimal(number.toString()));
        }
        if (value instanceof Boolean flag) {
            return JsonNodeFactory.instance.booleanNode(flag);
        }
        return JsonNodeFactory.instance.textNode(value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString());
    }

    /** The rows that a file of JSON lines says. */
    static List<JsonNode> expected(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(comparable(MAPPER.readTree(line)));
        }
        return rows;
    }

    /** The value with ordered keys and plain numbers: equal values are equal nodes. */
    static JsonNode comparable(JsonNode value) {
        if (value.isObject()) {
            var ordered = new TreeMap<String, JsonNode>();
            value.fields().forEachRemaining(field -> ordered.put(field.getKey(), comparable(field.getValue())));
            ObjectNode object = MAPPER.createObjectNode();
            ordered.forEach(object::set);
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            value.forEach(item -> array.add(comparable(item)));
            return array;
        }
        return value.isNumber() ? DecimalNode.valueOf(value.decimalValue().signum() == 0 ? BigDecimal.ZERO
                : value.decimalValue().stripTrailingZeros()) : value;
    }
}
