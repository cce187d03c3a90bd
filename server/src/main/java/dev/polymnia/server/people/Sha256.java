package dev.polymnia.server.people;

import dev.polymnia.core.platform.MessageDigests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// SHA-256. Stateless.
public final class Sha256 {
    private Sha256() {}

    /// Returns that of a text in hexadecimal digits.
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Returns that of bytes in hexadecimal digits.
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(MessageDigests.sha256().digest(bytes));
    }
}
