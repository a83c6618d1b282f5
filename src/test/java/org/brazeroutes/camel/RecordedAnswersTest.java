package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brazeroutes.pass.Result;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.ColumnType;
import org.brazeroutes.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples of Braze's answers and records of a real workspace, which lie beside the project where they may: no value of
 * theirs is lost or changed. Each stands in its column or in {@code _extra}.
 */
@EnabledIf("present")
class RecordedAnswersTest {

    private static final Path SAMPLES = Path.of("../shared/braze-samples");
    private static final String RECORDED = "airbyte-expected-records.jsonl";

    private final Map<String, Stream> streams = Engine.catalogue(ContractFixture.options()).streams();
    private final Map<String, List<ObjectNode>> sent = new LinkedHashMap<>();

    @TempDir
    Path directory;

    static boolean present() {
        return Files.isDirectory(SAMPLES);
    }

    @Test
    void noValueOfASampleAnswerIsLostOrChanged() throws Exception {
        Path folder = directory.resolve("answers");
        list(folder, "campaigns", "campaigns_list");
        list(folder, "canvases", "canvas_list");
        list(folder, "segments", "segments_list");
        list(folder, "cards", "feed_list");
        list(folder, "events", "events_list");
        Path children = directory.resolve("children");
        partitions(children, "campaigns", "campaigns_details", "campaigns_details");
        partitions(children, "campaigns", "campaigns_analytics", "campaigns_data_series");
        partitions(children, "canvases", "canvases_details", "canvas_details");
        partitions(children, "canvases", "canvases_analytics", "canvas_data_series");
        partitions(children, "segments", "segments_details", "segments_details");
        partitions(children, "segments", "segments_analytics", "segments_data_series");
        partitions(children, "cards", "cards_analytics", "feed_data_series");
        partitions(children, "events", "events_analytics", "events_data_series");
        answer(children, "kpi_daily_new_users", "", "kpi_new_users_data_series.json");
        answer(children, "kpi_daily_active_users", "", "kpi_dau_data_series.json");
        answer(children, "kpi_daily_app_uninstalls", "", "kpi_uninstalls_data_series.json");
        assertThat(sent).as("streams with a sample").hasSize(16);
        syncAndCompare(folder, children, LocalDate.parse("2026-03-01"), Instant.parse("2026-03-03T22:00:00Z"));
    }

    @Test
    void noValueOfARecordedWorkspaceIsLostOrChanged() throws Exception {
        Map<String, List<ObjectNode>> parents = new LinkedHashMap<>();
        Map<String, Map<String, ArrayNode>> rows = new LinkedHashMap<>();
        int count = 0;
        for (String line : Files.readAllLines(SAMPLES.resolve(RECORDED))) {
            JsonNode recorded = FixtureRows.MAPPER.readTree(line);
            Stream stream = streams.get(recorded.get("stream").asText());
            ObjectNode record = (ObjectNode) recorded.get("data");
            sent.computeIfAbsent(stream.name(), name -> new ArrayList<>()).add(record.deepCopy());
            if (stream.kind() == Stream.Kind.LIST) {
                parents.computeIfAbsent(stream.name(), name -> new ArrayList<>()).add(record);
            } else {
                String id = record.remove(stream.partition()).asText();
                rows.computeIfAbsent(stream.name(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(id, key -> FixtureRows.MAPPER.createArrayNode()).add(record);
            }
            count++;
        }
        assertThat(count).isEqualTo(2338);
        Path lists = directory.resolve("lists");
        Path children = directory.resolve("children");
        for (Map.Entry<String, List<ObjectNode>> parent : parents.entrySet()) {
            Stream stream = streams.get(parent.getKey());
            write(lists, stream, "list.json", parent.getValue());
            // the recording asked for untracked segments too, which we leave out
            parent.getValue().stream().filter(record -> record.has("analytics_tracking_enabled"))
                    .forEach(record -> record.put("analytics_tracking_enabled", true));
            write(children, stream, "list.json", parent.getValue());
        }
        for (Map.Entry<String, Map<String, ArrayNode>> series : rows.entrySet()) {
            for (Map.Entry<String, ArrayNode> partition : series.getValue().entrySet()) {
                write(children, streams.get(series.getKey()), file(partition.getKey()), partition.getValue());
            }
        }
        syncAndCompare(lists, children, LocalDate.parse("2022-09-01"), Instant.parse("2022-12-15T10:42:00Z"));
    }

    private void syncAndCompare(Path lists, Path children, LocalDate start, Instant now) throws Exception {
        SyncFixture fixture = new SyncFixture(null, FixtureServer.KEY, directory, Clock.fixed(now, ZoneOffset.UTC));
        fixture.startDate = Optional.of(start);
        fixture.retries = 0;
        sync(fixture, lists, Stream.Kind.LIST, true);
        sync(fixture, children, Stream.Kind.LIST, false);
        for (Map.Entry<String, List<ObjectNode>> stream : sent.entrySet()) {
            assertThat(stored(fixture, stream.getKey())).as(stream.getKey())
                    .containsExactlyInAnyOrderElementsOf(stream.getValue().stream().map(record -> expected(stream.getKey(), record)).toList());
        }
    }

    private void sync(SyncFixture fixture, Path folder, Stream.Kind kind, boolean these) throws Exception {
        try (FixtureServer server = new FixtureServer(folder, streams.values())) {
            fixture.endpoint = server.uri();
            String[] names = sent.keySet().stream().filter(name -> (streams.get(name).kind() == kind) == these).toArray(String[]::new);
            fixture.sync(names).values().forEach(result -> assertThat(result.result()).as(result + "").isEqualTo(Result.COMPLETE));
        }
    }

    /** The rows as records again: what is in {@code _extra} back in its place. */
    private static List<JsonNode> stored(SyncFixture fixture, String stream) throws SQLException, IOException {
        return FixtureRows.stored(fixture, stream).stream().map(row -> {
            ObjectNode record = row.deepCopy();
            JsonNode extra = record.remove("_extra");
            if (extra != null) {
                record.setAll((ObjectNode) extra);
            }
            return withoutNulls(record);
        }).toList();
    }

    /** The record as sent; of a point in time only its notation may change, and an empty one is none. */
    private JsonNode expected(String stream, ObjectNode record) {
        ObjectNode expected = record.deepCopy();
        for (Column column : streams.get(stream).columns()) {
            JsonNode value = expected.get(column.name());
            if (column.type() == ColumnType.DATE_TIME && value != null && value.isTextual()) {
                if (value.asText().isEmpty()) {
                    expected.remove(column.name());
                } else {
                    expected.put(column.name(), OffsetDateTime.parse(value.asText()).toInstant().toString());
                }
            }
        }
        return withoutNulls(expected);
    }

    private static JsonNode withoutNulls(ObjectNode record) {
        List<String> nulls = new ArrayList<>();
        record.fields().forEachRemaining(field -> {
            if (field.getValue().isNull()) {
                nulls.add(field.getKey());
            }
        });
        record.remove(nulls);
        return FixtureRows.comparable(record);
    }

    private void list(Path folder, String stream, String sample) throws IOException {
        List<ObjectNode> records = records(streams.get(stream), FixtureRows.MAPPER.readTree(SAMPLES.resolve(sample + ".json").toFile()));
        sent.put(stream, records);
        Files.createDirectories(folder.resolve(stream));
        Files.copy(SAMPLES.resolve(sample + ".json"), folder.resolve(stream).resolve("list.json"));
    }

    /** Every sample of an endpoint becomes a partition with the sample's name; the list names them all. */
    private void partitions(Path folder, String parent, String stream, String sample) throws IOException {
        try (var files = Files.list(SAMPLES)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(sample + "(\\.(?!hour)\\w+)?\\.json")).sorted().toList()) {
                answer(folder, stream, file.getFileName().toString(), file.getFileName().toString());
            }
        }
        String member = streams.get(parent).records().get(0);
        Path list = folder.resolve(parent).resolve("list.json");
        ObjectNode answer = Files.exists(list) ? (ObjectNode) FixtureRows.MAPPER.readTree(list.toFile())
                : FixtureRows.MAPPER.createObjectNode().put("message", "success").set(member, FixtureRows.MAPPER.createArrayNode());
        try (var files = Files.list(folder.resolve(stream))) {
            for (Path file : files.sorted().toList()) {
                String id = file.getFileName().toString().replaceFirst("\\.json$", "");
                if (parent.equals("events")) {
                    ((ArrayNode) answer.get(member)).add(id);
                } else if (!answer.get(member).findValuesAsText("id").contains(id)) {
                    ((ArrayNode) answer.get(member)).addObject().put("id", id).put("analytics_tracking_enabled", true);
                }
            }
        }
        Files.createDirectories(list.getParent());
        Files.writeString(list, answer.toString());
    }

    private void answer(Path folder, String stream, String id, String sample) throws IOException {
        Stream declared = streams.get(stream);
        JsonNode whole = FixtureRows.MAPPER.readTree(SAMPLES.resolve(sample).toFile());
        for (ObjectNode record : records(declared, whole)) {
            record.put(declared.partition(), id);
            sent.computeIfAbsent(stream, name -> new ArrayList<>()).add(record);
        }
        Files.createDirectories(folder.resolve(stream));
        Files.copy(SAMPLES.resolve(sample), folder.resolve(stream).resolve(id.isEmpty() ? "total.json" : file(id)));
    }

    private static List<ObjectNode> records(Stream stream, JsonNode whole) {
        List<ObjectNode> records = new ArrayList<>();
        if (stream.records().isEmpty()) {
            records.add(whole.<ObjectNode>deepCopy().without("message"));
            return records;
        }
        JsonNode found = whole;
        for (String member : stream.records()) {
            found = found.get(member);
        }
        found.forEach(record -> records.add(record.isTextual()
                ? FixtureRows.MAPPER.createObjectNode().put(stream.primaryKey().get(0), record.asText()) : record.deepCopy()));
        return records;
    }

    private static String file(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + ".json";
    }

    private static void write(Path folder, Stream stream, String file, Iterable<? extends JsonNode> records) throws IOException {
        ObjectNode answer = FixtureRows.MAPPER.createObjectNode().put("message", "success");
        ObjectNode holder = answer;
        for (String member : stream.records().subList(0, stream.records().size() - 1)) {
            holder = holder.putObject(member);
        }
        ArrayNode array = holder.putArray(stream.records().get(stream.records().size() - 1));
        records.forEach(record -> array.add(stream.name().equals("events") ? record.get("event_name") : record));
        Files.createDirectories(folder.resolve(stream.name()));
        Files.writeString(folder.resolve(stream.name()).resolve(file), answer.toString());
    }
}
