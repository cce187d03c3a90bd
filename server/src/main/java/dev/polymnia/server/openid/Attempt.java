package dev.polymnia.server.openid;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.platform.MessageDigests;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// What one attempt to sign in is known by on its way: 256 random bits each.
///
/// @param state comes back with the browser
/// @param nonce comes back in the ID token
/// @param verifier proves to the provider that who began is who ends (PKCE, RFC 7636)
public record Attempt(String state, String nonce, String verifier) {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Checks the parts.
    public Attempt {
        requireNonNull(state, "state is null");
        requireNonNull(nonce, "nonce is null");
        requireNonNull(verifier, "verifier is null");
    }

    /// Returns a new one.
    public static Attempt random() {
        return new Attempt(word(), word(), word());
    }

    private static String word() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return encode(bytes);
    }

    /// Returns what the provider is told of the verifier before.
    String challenge() {
        return encode(MessageDigests.sha256().digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Shows nothing.
    @Override
    public String toString() {
        return "Attempt";
    }
}
