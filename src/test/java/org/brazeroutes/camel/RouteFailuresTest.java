package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step of a user's route that fails on what Braze sent: the line says what it was, but not what Braze sent. */
class RouteFailuresTest {

    private static final String NAME = "Crème & Söhne";
    private static final String RECORDS = "- setBody: { expression: { simple: { expression: \"${body.records}\" } } }";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            setBody: { simple: '${body.recordz}' }                       | Method with name: recordz not found on
            setBody: { simple: '${body[0].title}' }                      | Method with name: title not found on
            setBody: { simple: '${body[0][name].title}' }                | Method with name: title not found on
            setBody: { simple: '${body[700]}' }                          | Index: 700, Size: 4 out of bounds
            setBody: { simple: { expression: '${body[0][name]}', resultType: java.lang.Integer } } | the required type: java.lang.Integer
            setBody: { method: { beanType: java.time.LocalDate, method: 'parse(${body[0][name]})' } } | Failed to invoke method: parse
            toD: { uri: '${body[0][name]}' }                             | Failed to resolve
            convertBodyTo: { type: java.lang.Integer }                   | No type converter available
            """)
    void theLineHoldsNothingOfTheRecords(String step, String what) throws Exception {
        try (Synced synced = new Synced(directory, "2026-06-10T12:30:00Z")) {
            synced.world.rename(synced.world.segmentIds().get(0), NAME);
            synced.database.routes = new RouteFolder(directory.resolve("routes")).with("errors", "campaigns")
                    .variant("segments", "segments", RECORDS, RECORDS + "\n              - " + step).files();
            PassResult result = synced.database.sync("segments").get("segments");
            assertThat(result.result()).isEqualTo(Result.FAILED);
            assertThat(result.error()).startsWith("segments: ").contains(what).doesNotContain("\n")
                    .doesNotContain(synced.world.segmentIds()).doesNotContain("Crème", "Söhne", "analytics_tracking_enabled");
            synced.database.routes = RouteFiles.packagedOnly();
            synced.sync("segments");
            synced.hasEverything("segments");
        }
    }
}
