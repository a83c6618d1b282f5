package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.brazeroutes.demo.Simulator;
import org.brazeroutes.demo.World;
import org.brazeroutes.sink.FileOptions.Format;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real process is killed at random moments of first, incremental and overwrite passes, then finishes. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FileKillTest {

    private static final LocalDate START = LocalDate.parse("2025-12-01");
    private static final String[] STREAMS = {"campaigns", "campaigns_details", "campaigns_analytics", "segments_analytics"};

    @TempDir
    Path directory;
    private final HandClock clock = new HandClock("2026-06-20T10:00:00Z");
    private final World world = World.builder().clock(clock).campaigns(25).canvases(0).segments(6).events(0).cards(0).build();
    private final Random random = new Random(20260620);

    @ParameterizedTest
    @CsvSource({"JSONL, 5", "CSV, 2", "PARQUET, 2"})
    void filesHoldEachDayOnceAndListsJustTheSource(Format format, int kills) throws Exception {
        try (Simulator simulator = Simulator.start(world); Reader reader = new Reader(directory.resolve("files"))) {
            killSometimesThenFinish(simulator, format, kills);
            assertHoldsTheSource(simulator, true);
            clock.pass(Duration.ofDays(3));
            world.rename(world.campaignIds().get(3), "renamed");
            world.correct("campaigns_analytics", world.campaignIds().get(4), LocalDate.parse("2026-06-15"), "conversions", 4711);
            killSometimesThenFinish(simulator, format, kills);
            assertHoldsTheSource(simulator, false);
            assertThat(reader.filesSeen()).isGreaterThan(10);
            reader.assertNothingHalfWasSeen();
        }
    }

    /** The process that finishes has no Hadoop on its class path, as those that are killed. */
    private void killSometimesThenFinish(Simulator simulator, Format format, int kills) throws Exception {
        int killed = 0;
        for (int kill = 0; kill < kills; kill++) {
            int requests = simulator.log().count() + 1 + random.nextInt(60);
            Process process = start(simulator, format);
            Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5))
                    .until(() -> simulator.log().count() >= requests || !process.isAlive());
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly().waitFor();
        }
        assertThat(killed).as("killed at work").isGreaterThanOrEqualTo(kills / 2);
        assertThat(start(simulator, format).waitFor()).as("%s", log()).isZero();
    }

    private Process start(Simulator simulator, Format format) throws IOException {
        return SyncProcess.start(simulator.uri(), simulator.apiKey(), directory, clock.instant(), START, format, STREAMS);
    }

    private org.brazeroutes.stream.Stream stream(Simulator simulator, String name) {
        return Engine.catalogue(new SyncFixture(simulator, directory, clock).options()).streams().get(name);
    }

    private void assertHoldsTheSource(Simulator simulator, boolean first) throws Exception {
        for (String name : STREAMS) {
            org.brazeroutes.stream.Stream stream = stream(simulator, name);
            List<Map<String, Object>> found = Plain.records(FileReader.all(directory.resolve("files"), stream), stream);
            List<Map<String, Object>> source = Plain.records(world.records(name, START, clock.today().minusDays(1)), stream);
            if (first || !name.endsWith("analytics")) {
                assertThat(found).as(name).containsExactlyInAnyOrderElementsOf(source);
            } else {
                // days of the look-back that changed have one more version, which differs
                assertThat(new HashSet<>(found)).as(name).hasSameSizeAs(found).containsAll(source);
            }
            try (Stream<Path> files = Files.list(directory.resolve("files").resolve(name))) {
                assertThat(files.map(path -> path.getFileName().toString()).filter(file -> file.startsWith("."))).isEmpty();
            }
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("process.log"));
    }

    /** Looks at the files again and again: each is whole when it is seen, and parts are the same at the end. */
    private final class Reader implements AutoCloseable {

        private final Path files;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Map<Path, byte[]> parts = new HashMap<>();
        private final Set<Path> seen = new HashSet<>();
        private final Thread thread = new Thread(this::look, "reader");

        Reader(Path files) {
            this.files = files;
            thread.start();
        }

        private void look() {
            try {
                while (!stop.get()) {
                    for (String stream : STREAMS) {
                        if (Files.isDirectory(files.resolve(stream))) {
                            for (Path file : FileReader.files(files, stream)) {
                                read(file, stream);
                            }
                        }
                    }
                    // the processes that are watched need the processor too
                    Thread.sleep(5);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        }

        private void read(Path file, String stream) throws IOException {
            if (parts.containsKey(file)) {
                return;
            }
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                return;
            }
            synchronized (seen) {
                seen.add(file);
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text).as(file.toString()).endsWith(text.startsWith("PAR1") ? "PAR1" : text.startsWith("{") ? "}\n" : "\n");
            if (stream.endsWith("analytics")) {
                parts.put(file, bytes);
            } else if (text.startsWith("{")) {
                assertThat(text.lines()).as(file + " is whole").hasSize(world.campaignIds().size());
            }
        }

        int filesSeen() {
            synchronized (seen) {
                return seen.size();
            }
        }

        void assertNothingHalfWasSeen() throws InterruptedException {
            close();
            assertThat(failure.get()).isNull();
            parts.forEach((file, bytes) -> assertThat(file).as("never changes").hasBinaryContent(bytes));
        }

        @Override
        public void close() throws InterruptedException {
            stop.set(true);
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
    }
}
