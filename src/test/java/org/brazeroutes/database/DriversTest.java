package org.brazeroutes.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriversTest {

    private static final String SOURCE = """
            package added;
            import java.sql.*;
            import java.util.Properties;
            public final class AddedDriver implements Driver {
                public Connection connect(String url, Properties properties) throws SQLException {
                    return acceptsURL(url) ? DriverManager.getConnection("jdbc:h2:mem:") : null;
                }
                public boolean acceptsURL(String url) { return url.startsWith("jdbc:added:"); }
                public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) { return new DriverPropertyInfo[0]; }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void aDriverWhoseJarLiesInLibIsUsed() throws Exception {
        assertThatThrownBy(() -> Drivers.require(settings("jdbc:added:x"), directory.resolve("lib"))).isInstanceOf(DatabaseException.class)
                .hasMessage("there is no driver for jdbc:added:…; put its jar into " + directory.resolve("lib"));
        packInto(Files.createDirectory(directory.resolve("lib")).resolve("added.jar"));
        Drivers.require(settings("jdbc:added:x"), directory.resolve("lib"));
        try (Connection connection = DriverManager.getConnection("jdbc:added:x")) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("H2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://u:secret@host/x", "postgresql://u:secret@host:1/x", "postgresql://secret@host/x", "mariadb://u:secret@host:1/x"})
    void aLoginBeforeTheHostBelongsIntoItsSettings(String url) {
        String scheme = "jdbc:" + url.replaceFirst("//.*", "");
        assertThatThrownBy(() -> Drivers.require(settings("jdbc:" + url), directory)).isInstanceOf(UnusableUrlException.class)
                .hasMessage("the driver of " + scheme + "… does not take this URL; write it as " + scheme
                        + "//host/database, with user and password in sink.jdbc.username and sink.jdbc.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://host/x?user=u&password=a@b/c", "mariadb://host:1/x?user=me@corp.com", "postgresql:x"})
    void anAtSignElsewhereIsLeftToTheDriver(String url) {
        Drivers.require(settings("jdbc:" + url), directory);
    }

    @Test
    void aJarWhoseDriverCannotBeLoadedIsNamed() throws Exception {
        Path lib = Files.createDirectory(directory.resolve("lib"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(lib.resolve("broken.jar")))) {
            entry(jar, "META-INF/services/java.sql.Driver", "not.There\n".getBytes());
        }
        assertThatThrownBy(() -> Drivers.require(settings("jdbc:broken:x"), lib)).isInstanceOf(DatabaseException.class).message()
                .startsWith("a driver in " + lib + " cannot be used").contains("not.There").doesNotContain("\n");
    }

    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings(url, "", "", "", "", 2, url);
    }

    private void packInto(Path file) throws Exception {
        Path source = Files.writeString(Files.createDirectory(directory.resolve("added")).resolve("AddedDriver.java"), SOURCE);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, OutputStream.nullOutputStream(), "-d", directory.toString(),
                source.toString())).isZero();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            entry(jar, "added/AddedDriver.class", Files.readAllBytes(source.resolveSibling("AddedDriver.class")));
            entry(jar, "META-INF/services/java.sql.Driver", "added.AddedDriver\n".getBytes());
        }
    }

    private static void entry(JarOutputStream jar, String name, byte[] content) throws Exception {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
