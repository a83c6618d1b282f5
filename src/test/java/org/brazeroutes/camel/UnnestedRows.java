package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The unnested tables held against the JSON of their parent rows. */
final class UnnestedRows {

    private UnnestedRows() {
    }

    /** Every inner row of every parent row stands in its table, with all its fields and its parent's marks, and no other. */
    static void equalTheirParents(SyncFixture database) throws SQLException {
        Inner messages = new Inner(database, "campaigns_analytics_messages", List.of("campaign_id", "time", "channel", "position"));
        for (Map<String, Object> row : Rows.stored(database, "campaigns_analytics")) {
            messages.channels(row, row.get("messages"), Map.of());
        }
        messages.check();
        Inner variants = new Inner(database, "canvases_analytics_variants", List.of("canvas_id", "time", "variant_id"));
        Inner steps = new Inner(database, "canvases_analytics_steps", List.of("canvas_id", "time", "step_id"));
        Inner stepMessages = new Inner(database, "canvases_analytics_step_messages",
                List.of("canvas_id", "time", "step_id", "channel", "position"));
        for (Map<String, Object> row : Rows.stored(database, "canvases_analytics")) {
            members(row.get("variant_stats")).forEach((id, variant) -> variants.row(row, members(variant), Map.of("variant_id", id)));
            members(row.get("step_stats")).forEach((id, step) -> {
                Map<String, Object> fields = new LinkedHashMap<>(members(step));
                stepMessages.channels(row, fields.remove("messages"), Map.of("step_id", id));
                steps.row(row, fields, Map.of("step_id", id));
            });
        }
        variants.check();
        steps.check();
        stepMessages.check();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Object object) {
        return object instanceof Map ? (Map<String, Object>) object : Map.of();
    }

    /** One unnested table: what it must hold, and what it does. */
    private static final class Inner {

        private final SyncFixture database;
        private final String table;
        private final List<String> key;
        private final Map<String, String> types = new LinkedHashMap<>();
        private final Map<List<Object>, Map<String, Object>> expected = new LinkedHashMap<>();

        Inner(SyncFixture database, String table, List<String> key) throws SQLException {
            this.database = database;
            this.table = table;
            this.key = key;
            types.putAll(database.columns(table));
        }

        void channels(Map<String, Object> parent, Object messages, Map<String, Object> path) {
            members(messages).forEach((channel, list) -> {
                if (list instanceof List<?> entries) {
                    for (int i = 0; i < entries.size(); i++) {
                        Map<String, Object> longer = new LinkedHashMap<>(path);
                        longer.put("channel", channel);
                        longer.put("position", (long) i);
                        row(parent, members(entries.get(i)), longer);
                    }
                }
            });
        }

        void row(Map<String, Object> parent, Map<String, Object> fields, Map<String, Object> path) {
            Map<String, Object> row = new LinkedHashMap<>();
            Map<String, Object> extra = new LinkedHashMap<>();
            types.keySet().forEach(column -> row.put(column, null));
            fields.forEach((field, value) -> {
                String column = field.equals("read") ? "read_count" : field;
                Object fitting = fitting(types.get(column), value);
                if (fitting == null && value != null || !types.containsKey(column)) {
                    extra.put(column, value);
                } else {
                    row.put(column, fitting);
                }
            });
            key.stream().filter(parent::containsKey).forEach(column -> row.put(column, parent.get(column)));
            row.putAll(path);
            row.put("_synced_at", parent.get("_synced_at"));
            row.put("_sync_id", parent.get("_sync_id"));
            row.put("_extra", extra.isEmpty() ? null : extra);
            expected.put(ExpectedRow.key(key, row), row);
        }

        private static Object fitting(String type, Object value) {
            if (type == null || value == null) {
                return null;
            }
            return switch (type) {
                case "bigint" -> value instanceof BigDecimal number && number.scale() <= 0 ? number.longValueExact() : null;
                case "double precision", "double" -> value instanceof BigDecimal number ? number.doubleValue() : null;
                default -> value instanceof String ? value : null;
            };
        }

        void check() throws SQLException {
            assertThat(expected).as(table).isNotEmpty();
            assertThat(Rows.differences(expected, Rows.byKey(Rows.stored(database, table), key))).as(table).isEmpty();
        }
    }
}
