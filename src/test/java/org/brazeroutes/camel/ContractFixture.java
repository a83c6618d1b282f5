package org.brazeroutes.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.brazeroutes.routes.RouteFiles;

/** A workspace made of the fixture folders: nine days of history, one app. */
final class ContractFixture {

    static final Instant NOW = Instant.parse("2026-09-10T09:30:00Z");
    static final LocalDate START = LocalDate.parse("2026-09-02");
    static final String APP = "app-ios-1";

    private ContractFixture() {
    }

    static SyncFixture of(URI endpoint, Path directory, RouteFiles routes) {
        SyncFixture fixture = new SyncFixture(endpoint, FixtureServer.KEY, directory, Clock.fixed(NOW, ZoneOffset.UTC));
        fixture.startDate = Optional.of(START);
        fixture.placeholders.put("braze.app-ids", APP);
        fixture.retries = 0;
        fixture.routes = routes;
        return fixture;
    }

    /** Options to read the catalogue of {@code routes/}; nothing is opened. */
    static EngineOptions options() {
        return of(URI.create("http://127.0.0.1:1"), Path.of("unused"), RouteFiles.find(Optional.of(StreamContractTest.ROUTES), false)).options();
    }

    /** The routes as they lie there, but with small pages and slices, so that little data needs several requests. */
    static RouteFiles inSmallBites(Path directory) {
        try (var files = Files.list(StreamContractTest.ROUTES)) {
            for (Path file : files.toList()) {
                Files.writeString(directory.resolve(file.getFileName()), Files.readString(file)
                        .replaceAll("pageSize: \\d+", "pageSize: 2").replaceAll("maxDays: \\d+", "maxDays: 4"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RouteFiles.find(Optional.of(directory), false);
    }
}
