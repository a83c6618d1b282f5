package org.brazeroutes.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/braze-routes} beside a copy of the jar. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

    @TempDir
    private Path folder;
    private Path home;
    private Path launcher;

    private void install(String name) throws IOException {
        home = Files.createDirectories(folder.resolve(name).resolve("bin")).getParent();
        launcher = Files.copy(Path.of("bin/braze-routes"), home.resolve("bin/braze-routes"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of("target/braze-routes.jar"), home.resolve("braze-routes.jar"));
    }

    private record Ended(int exit, String out, String err) {
    }

    private Ended run(Path program, String javaOptions, String... arguments) throws Exception {
        return run(System.getProperty("java.home"), program, javaOptions, arguments);
    }

    private Ended run(String javaHome, Path program, String javaOptions, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(Files.createDirectories(folder.resolve("work")).toFile());
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().put("JAVA_OPTS", javaOptions);
        Process process = builder.redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    @Test
    void firstSyncMakesTheArchiveOfClassesAndLaterOnesUseIt() throws Exception {
        install("home");
        Path archive = home.resolve("braze-routes.jsa");
        String today = "braze.start-date=" + LocalDate.now(ZoneOffset.UTC);

        Ended help = run(launcher, "", "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).startsWith("Usage: braze-routes");
        assertThat(archive).doesNotExist();

        Ended first = run(launcher, "", "demo", "--json", "--set", today);
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out().lines()).hasSize(16);
        assertThat(first.err()).contains("first start").contains(archive.toString());
        assertThat(archive).isNotEmptyFile();

        Ended second = run(launcher, "-Xlog:class+load:file=" + folder.resolve("classes"), "demo", "--json", "--set", today);
        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(second.err()).doesNotContain("first start");
        assertThat(Files.readString(folder.resolve("classes"))).containsPattern("org\\.brazeroutes\\.camel\\.Engine source: shared objects file");
        assertThat(Files.list(home).map(path -> path.getFileName().toString()))
                .containsExactlyInAnyOrder("bin", "braze-routes.jar", "braze-routes.jsa");
    }

    @Test
    void aWrongJavaHomeIsToldAndLeavesNoArchive() throws Exception {
        install("home");
        Ended sync = run(folder + "/nowhere", launcher, "", "sync");
        assertThat(sync.exit()).isEqualTo(2);
        assertThat(sync.err()).isEqualToIgnoringNewLines("there is no " + folder + "/nowhere/bin/java; install Java 17, or set JAVA_HOME to where it is");
        assertThat(home.resolve("braze-routes.jsa")).doesNotExist();
    }

    /** The JVM takes the name for another one, of a folder that is not there, unless it has a locale. */
    @Test
    void withoutALocaleAFolderIsFoundByAllItsLettersToo() throws Exception {
        install("home");
        Path inGreen = Files.writeString(folder.resolve("in-green"), """
                #!/bin/sh
                mkdir "$(printf 'gr\\303\\274n')" && cd "$(printf 'gr\\303\\274n')" && LC_ALL=C exec "%s" "$@"
                """.formatted(launcher));
        Files.setPosixFilePermissions(inGreen, PosixFilePermissions.fromString("rwx------"));
        Ended demo = run(inGreen, "", "demo", "--json", "--set", "braze.start-date=" + LocalDate.now(ZoneOffset.UTC));
        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.out().lines()).hasSize(16);
        assertThat(Files.list(folder.resolve("work"))).hasSize(1);
    }

    @Test
    void exitStatusAndErrorsAreThoseOfTheJarAlsoInAFolderWithASpace() throws Exception {
        install("braze routes");
        Ended demo = run(launcher, "", "demo", "--json", "--set", "braze.start-date=" + LocalDate.now(ZoneOffset.UTC));
        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.out().lines()).hasSize(16);

        Path link = Files.createSymbolicLink(folder.resolve("link"), launcher);
        Ended wrong = run(link, "", "streams", "--no-such-option");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("--no-such-option");

        Files.delete(home.resolve("braze-routes.jar"));
        Ended without = run(link, "", "sync");
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("there is no braze-routes.jar").contains("mvn -q -DskipTests package");
    }
}
