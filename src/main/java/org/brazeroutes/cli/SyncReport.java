package org.brazeroutes.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.pass.PassResult;

/** What a sync did: the table for people, the lines for scripts. */
final class SyncReport {

    private static final List<String> HEAD = List.of("stream", "result", "records", "rows", "requests", "retries", "limit wait", "time", "cursor");

    private SyncReport() {
    }

    static void print(List<PassResult> results, Console console, boolean json) {
        if (json) {
            results.forEach(result -> console.json(fields(result)));
        } else {
            console.table(HEAD, results.stream().map(SyncReport::row).toList());
        }
        results.forEach(result -> result.notes().forEach(note -> console.error(result.stream() + ": " + note)));
        errors(results, console);
    }

    /** A line for each reason, with the streams that it ended: a wrong key is one reason, and so is a list that all its children lack. */
    private static void errors(List<PassResult> results, Console console) {
        Map<String, List<String>> streams = new LinkedHashMap<>();
        results.stream().filter(result -> result.error() != null)
                .forEach(result -> streams.computeIfAbsent(reason(result, results), reason -> new ArrayList<>()).add(result.stream()));
        streams.forEach((reason, names) -> console.error(
                (names.size() > 1 && names.size() == results.size() ? "all streams" : String.join(", ", names)) + ": " + reason));
    }

    /** Why it ended so, or why the stream did that ended before and took it along. */
    private static String reason(PassResult result, List<PassResult> results) {
        String name = result.stream() + ": ";
        return results.stream().filter(other -> other.stream().equals(result.because()) && other.error() != null).findFirst()
                .map(other -> reason(other, results)).orElse(result.error().startsWith(name) ? result.error().substring(name.length()) : result.error());
    }

    static Map<String, Object> fields(PassResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("stream", result.stream());
        fields.put("mode", result.mode().isEmpty() ? null : result.mode());
        fields.put("result", result.result().text());
        fields.put("records", result.records());
        fields.put("rows", result.rows());
        fields.put("requests", result.requests());
        fields.put("retries", result.retries());
        fields.put("rate_limit_wait_ms", result.rateLimitWaitMs());
        fields.put("duration_ms", result.durationMs());
        fields.put("cursor_min", result.cursorMin());
        fields.put("cursor_max", result.cursorMax());
        fields.put("error", result.error());
        return fields;
    }

    private static List<Object> row(PassResult result) {
        String cursor = result.cursorMin() == null ? "" : result.cursorMin().equals(result.cursorMax()) ? result.cursorMax().toString()
                : result.cursorMin() + " … " + result.cursorMax();
        return Arrays.asList(result.stream(), result.result().text(), result.records(), result.rows(), result.requests(),
                result.retries(), Words.time(Duration.ofMillis(result.rateLimitWaitMs())), Words.time(Duration.ofMillis(result.durationMs())), cursor);
    }
}
