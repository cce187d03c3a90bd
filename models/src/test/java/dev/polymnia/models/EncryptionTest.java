package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hub over HTTPS, with certificates that are made for a test.
final class EncryptionTest {
    private static final char[] PASSWORD = "password".toCharArray();

    private static final String FILE = "keys.p12";

    @TempDir private static Path shared;
    @TempDir private Path folder;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException {
        keytool("-genkeypair -alias ca -keyalg EC -dname CN=ca -ext bc:c");
        keytool("-genkeypair -alias hub -keyalg EC -dname CN=localhost");
        keytool("-certreq -alias hub -file " + shared.resolve("request"));
    }

    @Test
    void a_trusted_hub_brings_the_file() throws Exception {
        StoreFixture fixture = new StoreFixture(folder, 1, 5000);
        SSLContext keys = keys("-1d", 10);
        try (TroubleServer server =
                TroubleServer.encrypted(
                        keys.getServerSocketFactory(),
                        request -> TroubleServer.goodAnswer(fixture.file(), request))) {
            fixture.hub(server.address()).trust(keys);

            assertThat(fixture.fetch(fixture.fromHub(), Progress.NONE))
                    .hasBinaryContent(fixture.file());
        }
    }

    @Test
    void encryption_is_not_given_up_on_the_way() throws Exception {
        SSLContext keys = keys("-1d", 10);
        StoreFixture fixture = new StoreFixture(folder, 1, 5000).trust(keys);
        try (TroubleServer plain = TroubleServer.good(fixture.file());
                TroubleServer server =
                        TroubleServer.encrypted(
                                keys.getServerSocketFactory(),
                                request -> Trouble.status(302, "Location", plain.address()))) {
            assertThat(fault(fixture, server))
                    .contains("redirects to localhost without encryption");
            assertThat(plain.requests()).isEmpty();
        }
    }

    @Test
    void a_strangers_certificate_is_refused() throws Exception {
        StoreFixture fixture = new StoreFixture(folder, 1, 5000);
        try (TroubleServer server =
                TroubleServer.encrypted(
                        keys("-1d", 10).getServerSocketFactory(),
                        request -> TroubleServer.goodAnswer(fixture.file(), request))) {
            assertThat(fault(fixture, server)).contains("no trusted connection", "keytool");
            assertThat(fixture.waits()).isEmpty();
        }
    }

    @Test
    void a_clock_that_is_wrong_is_suspected() throws Exception {
        for (String begin : new String[] {"-10d", "+10d"}) {
            Path place = Files.createDirectories(folder.resolve(begin.substring(0, 1)));
            SSLContext keys = keys(begin, 5);
            StoreFixture fixture = new StoreFixture(place, 1, 5000).trust(keys);
            try (TroubleServer server =
                    TroubleServer.encrypted(
                            keys.getServerSocketFactory(),
                            request -> TroubleServer.goodAnswer(fixture.file(), request))) {
                assertThat(fault(fixture, server))
                        .contains("its certificate is not valid on 20", "this machine's clock");
            }
        }
    }

    private static String fault(StoreFixture fixture, TroubleServer server) {
        fixture.hub(server.address());
        return catchThrowableOfType(
                        Fault.class, () -> fixture.fetch(fixture.fromHub(), Progress.NONE))
                .getMessage();
    }

    /// Makes a certificate of this machine's own name by an authority that is believed.
    private SSLContext keys(String begin, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path answer = folder.resolve("answer" + begin);
        keytool(
                "-gencert -alias ca -ext san=dns:localhost -infile %s -outfile %s -startdate %s -validity %d"
                        .formatted(shared.resolve("request"), answer, begin, days));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(shared.resolve(FILE))) {
            store.load(in, PASSWORD);
        }
        try (InputStream in = Files.newInputStream(answer)) {
            Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(in);
            store.setKeyEntry(
                    "hub",
                    store.getKey("hub", PASSWORD),
                    PASSWORD,
                    new Certificate[] {own, store.getCertificate("ca")});
        }
        KeyStore believed = KeyStore.getInstance("PKCS12");
        believed.load(null, null);
        believed.setCertificateEntry("ca", store.getCertificate("ca"));
        store.deleteEntry("ca");
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(store, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
        others.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static void keytool(String words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(words.split(" ", -1)));
        line.addAll(
                List.of(
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        shared.resolve(FILE).toString()));
        line.addAll(List.of("-noprompt", "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        Process keytool =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(keytool.waitFor()).as(words).isZero();
    }
}
