package dev.polymnia.core.platform;

import dev.polymnia.core.Fault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Makes digests of the algorithms that every Java platform has.
public final class MessageDigests {
    private MessageDigests() {}

    /// Returns a new SHA-256 digest.
    public static MessageDigest sha256() {
        return of("SHA-256");
    }

    /// Returns a new SHA-512 digest.
    public static MessageDigest sha512() {
        return of("SHA-512");
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "This Java has no " + algorithm + ". Use an unchanged JDK.",
                    e);
        }
    }
}
