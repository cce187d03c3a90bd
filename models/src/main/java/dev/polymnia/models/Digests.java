package dev.polymnia.models;

import dev.polymnia.core.Fault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Makes digests of the algorithms that every Java platform has.
final class Digests {
    private Digests() {}

    static MessageDigest create(String algorithm) {
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
