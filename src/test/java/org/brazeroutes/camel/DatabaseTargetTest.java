package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every database target keeps, value by value, on a real server of each product. */
@ExtendWith(Servers.class)
class DatabaseTargetTest {

    private static final String NOW = "2026-06-10T12:30:00Z";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void everyTableHoldsTheWorkspaceAfterTheFirstSyncAndASecondOneWritesNothing(Product product) throws Exception {
        try (Synced synced = new Synced(directory, NOW, product)) {
            synced.sync();
            synced.hasEverything();
            Map<String, List<Map<String, Object>>> before = tables(synced);
            synced.clock.pass(Duration.ofSeconds(20));
            assertThat(synced.sync().values()).allSatisfy(result -> assertThat(result.rows()).as("%s", result).isZero());
            assertThat(tables(synced)).isEqualTo(before);
        }
    }

    private static Map<String, List<Map<String, Object>>> tables(Synced synced) throws Exception {
        Map<String, List<Map<String, Object>>> tables = new java.util.TreeMap<>();
        for (String stream : synced.database.streams.keySet()) {
            tables.put(stream, Rows.stored(synced.database, stream));
        }
        return tables;
    }
}
