package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest extends ServerFixture {
    private static final Script SCRIPT = (_, _) -> Reply.of(LEFT);
    private static final String PASSWORD = "of-no-importance";

    @TempDir private Path files;

    /// Makes a key and a certificate for this machine, as the JDK's tool does.
    private KeyStore store(String algorithm) throws Exception {
        Path file = files.resolve("keys.p12");
        Process tool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=ip:127.0.0.1,dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private TlsFiles files(KeyStore store) throws Exception {
        byte[] key =
                requireNonNull(store.getKey("server", PASSWORD.toCharArray()), "no key")
                        .getEncoded();
        byte[] certificate =
                requireNonNull(store.getCertificate("server"), "no certificate").getEncoded();
        return new TlsFiles(
                pem("server.crt", "CERTIFICATE", certificate),
                pem("server.key", "PRIVATE KEY", key));
    }

    private Path pem(String name, String what, byte[] bytes) throws Exception {
        String words = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                files.resolve(name),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, words, what));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void it_answers_over_tls(String algorithm) throws Exception {
        KeyStore store = store(algorithm);
        ServerOptions options =
                new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of()).withTls(files(store));
        PolymniaServer server = serve(SCRIPT, options, _ -> {});

        assertThat(server.url()).startsWith("https://127.0.0.1:");
        assertThat(ask(server, store)).isEqualTo(200);
    }

    /// Asks somebody who trusts only one certificate.
    private static int ask(PolymniaServer server, KeyStore trusted) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/models")).build();
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(trusted)).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void a_renewed_certificate_is_shown_once_both_files_fit() throws Exception {
        KeyStore first = store("EC");
        ServerOptions options =
                new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of()).withTls(files(first));
        PolymniaServer server = serve(SCRIPT, options, _ -> {});
        Files.delete(files.resolve("keys.p12"));
        KeyStore second = store("RSA");

        pem("server.key", "PRIVATE KEY", new byte[0]);
        server.renewTls();
        assertThat(ask(server, first)).isEqualTo(200);

        files(second);
        server.renewTls();
        assertThat(ask(server, second)).isEqualTo(200);
        assertThatThrownBy(() -> ask(server, first)).isInstanceOf(SSLException.class);
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Test
    void files_that_cannot_be_used_are_named() throws Exception {
        TlsFiles right = files(store("EC"));
        Path none = files.resolve("none.pem");
        Path odd = Files.writeString(files.resolve("odd.pem"), "no key");

        right.check();
        assertThatThrownBy(() -> new TlsFiles(none, right.key()).check())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND))
                .hasMessageContaining(none.toString());
        assertThatThrownBy(() -> new TlsFiles(right.certificate(), odd).check())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining(odd.toString());
        assertThatThrownBy(() -> new TlsFiles(odd, right.key()).check()).isInstanceOf(Fault.class);
    }
}
