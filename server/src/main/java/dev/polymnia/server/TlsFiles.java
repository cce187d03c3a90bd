package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What a server shows its clients for TLS, as PEM files.
///
/// @param certificate the server's, and behind it those that lead to a known one
/// @param key its private key, PKCS#8 or RSA, without a password
public record TlsFiles(Path certificate, Path key) {
    /// No PEM file has it.
    private static final byte BOUNDARY = 0;

    /// Checks that the parts are there.
    public TlsFiles {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
    }

    /// Checks that the files can be used.
    ///
    /// @throws Fault `NOT_FOUND` if one cannot be read, `INVALID` if it is not what it should be
    public void check() {
        open();
    }

    /// Reads the files.
    ///
    /// @throws Fault as [#check]
    Tls open() {
        requireReadable(certificate);
        requireReadable(key);
        try {
            Keys keys =
                    Keys.builder()
                            .pem(pem ->
                                    pem.key(Resource.create(key))
                                            .certChain(Resource.create(certificate)))
                            .build();
            Tls tls = Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
            tls.newEngine();
            return tls;
        } catch (RuntimeException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The certificate %s and the key %s cannot be used: %s. Both have to be PEM; the key of the certificate, as PKCS#8, without a password."
                            .formatted(certificate, key, e.getMessage()),
                    e);
        }
    }

    /// Returns what tells these files from those that take their places.
    ///
    /// @throws Fault `NOT_FOUND` if one cannot be read
    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : List.of(certificate, key)) {
                requireReadable(file);
                digest.update(Files.readAllBytes(file));
                digest.update(BOUNDARY);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The certificate %s and the key %s cannot be read: %s"
                            .formatted(certificate, key, e.getMessage()),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The file %s cannot be read; check its name and its rights.".formatted(file));
        }
    }
}
