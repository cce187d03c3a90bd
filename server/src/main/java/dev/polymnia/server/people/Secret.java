package dev.polymnia.server.people;

import java.security.SecureRandom;
import java.util.Base64;

/// What a client shows to be let in: 256 random bits, so that a digest of it can be kept that
/// nobody can turn back (unlike that of a password, which has to be slow). It is told once, when it
/// is made.
///
/// @param text never stored or logged
public record Secret(String text) {
    private static final String MARK = "polymnia-";
    private static final int BYTES = 32;
    private static final int SHOWN = MARK.length() + 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Returns a new one.
    public static Secret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Returns its beginning, by which a person knows it from others.
    public String prefix() {
        return text.substring(0, Math.min(SHOWN, text.length()));
    }

    /// Returns its SHA-256, in hexadecimal digits.
    public String digest() {
        return Sha256.of(text);
    }

    /// Never shows it.
    @Override
    public String toString() {
        return "Secret[" + prefix() + "…]";
    }
}
