package org.brazeroutes.jar;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar as its user runs it: a process of its own in a folder of its own. */
final class Jar {

    private final Path folder;
    private final Map<String, String> environment;

    Jar(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** What a finished process left. */
    record Ended(int exit, String out, String err) {
    }

    Process start(String... arguments) throws IOException {
        return start(file("out"), arguments);
    }

    /** @param out gets standard output */
    Process start(File out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                Path.of("target", "braze-routes.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(BRAZE|SINK|SYNC|STREAM|STATE|ROUTES|HTTP)_.*"));
        builder.environment().putAll(environment);
        return builder.redirectOutput(out).redirectError(file("err")).start();
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return end(start(arguments));
    }

    Ended end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process did not end: " + Files.readString(file("err").toPath()));
        }
        return new Ended(process.exitValue(), Files.readString(file("out").toPath()), err());
    }

    String err() throws IOException {
        return Files.readString(file("err").toPath());
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("data/braze"));
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private File file(String name) {
        return folder.resolve(name + ".txt").toFile();
    }
}
