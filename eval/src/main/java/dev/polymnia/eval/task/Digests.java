package dev.polymnia.eval.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.platform.MessageDigests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/// SHA-256.
final class Digests {
    private Digests() {}

    /// Returns the digest of some bytes, in hex.
    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(MessageDigests.sha256().digest(bytes));
    }

    /// Returns the digest of several texts, in hex. Each is preceded by its length in bytes (8
    /// bytes, big-endian), so that moving words from one to the next changes it.
    static String of(List<String> texts) {
        MessageDigest digest = MessageDigests.sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Returns a number that follows from a text, the same on every machine.
    static long seed(String text) {
        return ByteBuffer.wrap(MessageDigests.sha256().digest(text.getBytes(UTF_8))).getLong();
    }
}
