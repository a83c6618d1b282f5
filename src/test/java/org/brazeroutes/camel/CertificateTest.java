package org.brazeroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.brazeroutes.camel.Check.Verdict;
import org.brazeroutes.pass.PassResult;
import org.brazeroutes.pass.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are trusted, and such that are not, as of a proxy that inspects TLS. */
class CertificateTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;
    private HttpsServer server;

    @AfterEach
    void stop() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
        server.stop(0);
    }

    @Test
    void aCertificateThatIsNotTrustedIsToldAtOnceWithWhatToDo() throws Exception {
        serve("localhost");
        Map<String, PassResult> results = fixture().sync("segments", "segments_details", "kpi_daily_new_users");
        assertThat(results.values()).extracting(PassResult::result).containsOnly(Result.FAILED);
        assertThat(results.values()).extracting(PassResult::retries).containsOnly(0L);
        assertThat(results.get("segments").requests()).isEqualTo(1);
        assertThat(results.get("segments").error()).isEqualTo("segments: this JVM does not trust the certificate of localhost (unable to find valid"
                + " certification path to requested target). If a proxy inspects TLS, name a store that holds its CA by"
                + " JAVA_OPTS='-Djavax.net.ssl.trustStore=… -Djavax.net.ssl.trustStorePassword=…'");
    }

    @Test
    void aCheckSaysItOnce() throws Exception {
        serve("localhost");
        List<Check> checks = new ArrayList<>();
        try (Checker checker = new Checker(fixture().options(), checks::add)) {
            assertThat(checker.check()).isFalse();
        }
        assertThat(checks).filteredOn(check -> check.verdict() == Verdict.FAILED).singleElement()
                .satisfies(check -> assertThat(check.subject() + check.detail()).startsWith("host ").contains("does not trust the certificate of localhost"));
    }

    @Test
    void theCertificateOfAnotherHostIsNotTrustedEither() throws Exception {
        trust(serve("elsewhere.example"));
        PassResult result = fixture().sync("segments").get("segments");
        assertThat(result.requests()).isEqualTo(1);
        assertThat(result.error()).startsWith("segments: this JVM does not trust the certificate of localhost (").contains("elsewhere.example");
    }

    @Test
    void aStoreThatHoldsTheCertificateMakesItTrusted() throws Exception {
        trust(serve("localhost"));
        assertThat(fixture().sync("segments").get("segments").result()).isEqualTo(Result.COMPLETE);
    }

    private static void trust(Path store) {
        System.setProperty(TRUST_STORE, store.toString());
        System.setProperty(TRUST_STORE + "Password", new String(PASSWORD));
    }

    private SyncFixture fixture() {
        return new SyncFixture(URI.create("https://localhost:" + server.getAddress().getPort()), "key", directory, Clock.systemUTC());
    }

    /** Starts a server without segments under a certificate of that name, and gives the store that holds it. */
    private Path serve(String name) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", name,
                "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-keystore", store.toString(), "-storetype", "PKCS12",
                "-storepass", new String(PASSWORD)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] answer = "{\"message\": \"success\", \"segments\": []}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return store;
    }
}
