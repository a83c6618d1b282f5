package org.brazeroutes.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.camel.Engine;
import org.brazeroutes.camel.EngineOptions;
import org.brazeroutes.camel.Modes;
import org.brazeroutes.routes.Catalogue;
import org.brazeroutes.stream.Column;
import org.brazeroutes.stream.Stream;
import org.brazeroutes.stream.Unnest;

/** The catalogue: what each stream reads and what its table looks like. */
final class StreamsReport {

    private final Call call;
    private final EngineOptions options;

    StreamsReport(Call call) {
        this.call = call;
        this.options = new Wiring(call.settings(), call.console(), false).offline(List.of());
    }

    int print() {
        Catalogue catalogue = Engine.catalogue(options);
        for (Stream stream : catalogue.streams().values()) {
            if (call.json()) {
                call.console().json(fields(stream));
            } else {
                print(stream);
            }
        }
        catalogue.errors().forEach(call.console()::error);
        return catalogue.errors().isEmpty() ? ExitCode.COMPLETE : ExitCode.INCOMPLETE;
    }

    private void print(Stream stream) {
        call.console().line(stream.name() + (call.settings().stream(stream.name()).enabled() ? "" : " (not enabled)"));
        call.console().line("  endpoint     " + stream.path() + ", permission " + stream.permission());
        if (stream.parent() != null) {
            call.console().line("  parent       " + stream.parent());
        }
        call.console().line("  primary key  " + String.join(", ", stream.primaryKey()));
        if (stream.cursor() != null) {
            call.console().line("  cursor       " + stream.cursor() + ", up to " + stream.maxDays() + " days a request");
        }
        call.console().line("  mode         " + Modes.of(options, stream).text());
        call.console().line("  columns      " + String.join(", ", stream.columns().stream().map(c -> c.name() + " " + c.type()).toList()));
        for (Unnest part : stream.unnest()) {
            call.console().line("  unnested     " + part.table() + ", with " + String.join(", ", part.keyColumns()) + " in its key");
        }
        call.console().line("");
    }

    private Map<String, Object> fields(Stream stream) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("stream", stream.name());
        fields.put("enabled", call.settings().stream(stream.name()).enabled());
        fields.put("endpoint", stream.path());
        fields.put("permission", stream.permission());
        fields.put("parent", stream.parent());
        fields.put("primary_key", stream.primaryKey());
        fields.put("cursor", stream.cursor());
        fields.put("mode", Modes.of(options, stream).text());
        Map<String, String> columns = new LinkedHashMap<>();
        for (Column column : stream.columns()) {
            columns.put(column.name(), column.type().text());
        }
        fields.put("columns", columns);
        fields.put("unnested", stream.unnest().stream().map(Unnest::table).toList());
        return fields;
    }
}
