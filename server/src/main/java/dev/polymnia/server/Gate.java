package dev.polymnia.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who is let in. With keys, whoever shows one. Without, whoever is on this machine; a browser
/// there may be led by a page from elsewhere, so the host that was asked for has to be this
/// machine's own (DNS rebinding), a page's origin as well, and a body has to be called JSON, which
/// no page may send unasked. A request without a body needs no name for it: a page's own says where
/// it comes from. Thread-safe.
final class Gate {
    private static final String BEARER = "Bearer ";
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Set<String> keys;
    private final Cors cors;

    /// @param cors knows pages from elsewhere that may ask
    Gate(Set<String> keys, Cors cors) {
        this.keys = Set.copyOf(keys);
        this.cors = cors;
    }

    /// Lets a request in.
    ///
    /// @throws ApiError if it is not
    void pass(ServerRequest request) {
        if (keys.isEmpty()) {
            requireOwn(request);
        } else {
            requireKey(request);
        }
        if (request.prologue().method().text().equals("POST") && !isJson(request)) {
            throw ApiError.refused(
                    415,
                    "unsupported_media_type",
                    "The body is not called JSON; send the header Content-Type: application/json.");
        }
    }

    /// Returns whether a body is called JSON. Where there is none, as some clients cancel, nothing
    /// has to be said of it; but what is said has to be true, since a page's form always names a
    /// type, and all else that a page sends names its origin.
    private static boolean isJson(ServerRequest request) {
        return header(request, HeaderNames.CONTENT_TYPE)
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
                .orElseGet(() -> !request.content().hasEntity());
    }

    private void requireKey(ServerRequest request) {
        Optional<String> shown =
                header(request, HeaderNames.AUTHORIZATION)
                        .filter(value -> value.startsWith(BEARER))
                        .map(value -> value.substring(BEARER.length()).strip())
                        .or(() -> header(request, API_KEY));
        // All are compared, and each in full, so that the time tells nothing.
        boolean known = false;
        for (String key : keys) {
            known |= shown.isPresent() && MessageDigest.isEqual(bytes(key), bytes(shown.get()));
        }
        if (!known) {
            throw ApiError.refused(
                    401,
                    "invalid_api_key",
                    shown.isPresent()
                            ? "The key is not known here; use one that this server was given."
                            : "The key is missing; send it in the header Authorization: Bearer"
                                    + " KEY.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void requireOwn(ServerRequest request) {
        String host = header(request, HeaderNames.HOST).orElse("");
        if (!isOwn("//" + host)) {
            throw ApiError.refused(
                    403,
                    "wrong_host",
                    "The host '%s' is not this machine's own; ask localhost, or give the server a key."
                            .formatted(cut(host)));
        }
        Optional<String> origin = header(request, HeaderNames.ORIGIN);
        if (origin.isPresent() && !isOwn(origin.get()) && !cors.isAllowed(request)) {
            throw ApiError.refused(
                    403,
                    "wrong_origin",
                    "Pages from '%s' may not ask this server; ask from this machine, or name the origin in the server's configuration."
                            .formatted(cut(origin.get())));
        }
    }

    private static boolean isOwn(String address) {
        try {
            String host = new URI(address).getHost();
            return host != null && OWN.contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<String> header(ServerRequest request, HeaderName name) {
        return request.headers().contains(name)
                ? Optional.of(request.headers().get(name).get())
                : Optional.empty();
    }

    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
