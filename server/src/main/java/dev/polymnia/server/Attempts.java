package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.openid.Attempt;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Remembers who tries to sign in at a provider, in a cookie of the very browser that does: so many
/// of them cost the server nothing, none is crowded out by others, and nobody ends in one browser
/// what was begun in another (login CSRF). A seal (HMAC-SHA256) says that the server wrote it; its
/// key is the server's own and is made anew at each start. Thread-safe.
final class Attempts {
    private static final Duration LASTS = Duration.ofMinutes(10);
    private static final String SEAL = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Cookies cookies;
    private final InstantSource time;
    private final SecretKeySpec key;

    /// What somebody signs in for.
    sealed interface Purpose {
        /// Comes in as who they are.
        record SignIn() implements Purpose {}

        /// Uses an invitation.
        ///
        /// @param digest of its secret
        /// @param name that they choose; empty for the one that the provider knows
        record Join(String digest, String name) implements Purpose {}

        /// Links the account with a person.
        ///
        /// @param session in which they began
        record Link(String person, String session) implements Purpose {}
    }

    /// What comes back.
    record Begun(Attempt attempt, Purpose purpose) {}

    Attempts(Cookies cookies, InstantSource time) {
        this.cookies = cookies;
        this.time = time;
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, SEAL);
    }

    /// Has a browser remember an attempt.
    void begin(ServerResponse response, Begun begun) {
        cookies.setAttempt(response, write(begun), LASTS);
    }

    /// Returns what a browser comes back with, and has it forget that.
    ///
    /// @throws ApiError if it has nothing of the kind, or that has ended or is of another attempt
    Begun end(ServerRequest request, ServerResponse response) {
        Optional<String> cookie = cookies.findAttempt(request);
        if (cookie.isPresent()) {
            cookies.clearAttempt(response);
        }
        Begun begun =
                cookie.flatMap(this::read)
                        .orElseThrow(() ->
                                ApiError.refused(
                                        400,
                                        "no_attempt",
                                        "This browser has not begun to sign in here, or did more than %d minutes ago, or the server was started anew since; begin again."
                                                .formatted(LASTS.toMinutes())));
        String state = Pages.parameter(request, "state").orElse("");
        if (!MessageDigest.isEqual(bytes(state), bytes(begun.attempt().state()))) {
            throw ApiError.refused(
                    400,
                    "wrong_state",
                    "This is the end of another attempt to sign in than the one that this browser"
                            + " began last (state); begin again.");
        }
        return begun;
    }

    /// Returns the words of a cookie.
    String write(Begun begun) {
        ObjectNode object = RunJson.object();
        object.put("state", begun.attempt().state());
        object.put("nonce", begun.attempt().nonce());
        object.put("verifier", begun.attempt().verifier());
        object.put("until", time.instant().plus(LASTS).getEpochSecond());
        switch (begun.purpose()) {
            case Purpose.SignIn _ -> object.put("for", "sign-in");
            case Purpose.Join join ->
                    object.put("for", "join").put("digest", join.digest()).put("name", join.name());
            case Purpose.Link link ->
                    object.put("for", "link")
                            .put("person", link.person())
                            .put("session", link.session());
        }
        String text = encode(bytes(object.toString()));
        return text + "." + seal(text);
    }

    /// Returns what the words of a cookie say; empty if they are not ours, or have ended.
    Optional<Begun> read(String cookie) {
        int stop = cookie.indexOf('.');
        if (stop < 0) {
            return Optional.empty();
        }
        String text = cookie.substring(0, stop);
        if (!MessageDigest.isEqual(bytes(cookie.substring(stop + 1)), bytes(seal(text)))) {
            return Optional.empty();
        }
        JsonNode object = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(text));
        if (!time.instant().isBefore(Instant.ofEpochSecond(object.get("until").asLong()))) {
            return Optional.empty();
        }
        Attempt attempt =
                new Attempt(
                        object.get("state").asString(),
                        object.get("nonce").asString(),
                        object.get("verifier").asString());
        return Optional.of(new Begun(attempt, purpose(object)));
    }

    private static Purpose purpose(JsonNode object) {
        return switch (object.get("for").asString()) {
            case "join" ->
                    new Purpose.Join(
                            object.get("digest").asString(), object.get("name").asString());
            case "link" ->
                    new Purpose.Link(
                            object.get("person").asString(), object.get("session").asString());
            default -> new Purpose.SignIn();
        };
    }

    private String seal(String text) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(key);
            return encode(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new Fault(
                    Fault.Code.INTERNAL, "This Java has no " + SEAL + ". Use an unchanged JDK.", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
