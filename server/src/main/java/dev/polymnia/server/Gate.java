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

/// Who is let in. With keys, and where people share the server, whoever shows one. Without, whoever
/// is on this machine; a browser there may be led by a page from elsewhere, so the host that was
/// asked for has to be this machine's own (DNS rebinding), a page's origin as well, and a body has
/// to be called JSON, which no page may send unasked; a file, anything but what a form sends. A
/// request without a body needs no name for it: a page's own says where it comes from. Thread-safe.
final class Gate {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final String BEARER = "Bearer ";
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");

    /// What a form of a page can send to another origin, unasked.
    private static final Set<String> FORMS =
            Set.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data");

    /// What ZIPs are called; no form sends one so.
    private static final Set<String> ZIPS =
            Set.of("application/zip", "application/x-zip", "application/octet-stream");

    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Set<String> keys;
    private final Household household;
    private final Cookies cookies;
    private final Cors cors;

    /// @param keys the operator's
    /// @param household knows all others
    /// @param cookies hold what browsers show
    /// @param cors knows pages from elsewhere that may ask
    Gate(Set<String> keys, Household household, Cookies cookies, Cors cors) {
        this.keys = Set.copyOf(keys);
        this.household = household;
        this.cookies = cookies;
        this.cors = cors;
    }

    /// Lets a request in, and returns who asks.
    ///
    /// @param sent what its body may be
    /// @throws ApiError if it is not
    Caller pass(ServerRequest request, Route.Sent sent) {
        Caller caller = caller(request);
        switch (sent) {
            case JSON -> requireJson(request);
            case JSON_OR_ZIP -> {
                if (ZIPS.stream().noneMatch(type -> isCalled(request, type))) {
                    requireJson(request);
                }
            }
            case BYTES -> requireNoForm(request);
        }
        return caller;
    }

    /// Checks that no form of a page from elsewhere sends a file: who shows a key is none, nor is
    /// who names an origin, which has been looked at.
    private static void requireNoForm(ServerRequest request) {
        boolean known =
                shown(request).isPresent() || header(request, HeaderNames.ORIGIN).isPresent();
        if (!known && FORMS.stream().anyMatch(type -> isCalled(request, type))) {
            throw ApiError.refused(
                    415,
                    "unsupported_media_type",
                    "The body is called what a form sends; send a header Content-Type like"
                            + " application/octet-stream, or none.");
        }
    }

    /// Checks what is wanted of every request that has nothing but JSON.
    ///
    /// @throws ApiError if its body is not called JSON
    static void requireJson(ServerRequest request) {
        if (WITH_BODY.contains(request.prologue().method().text()) && !isJson(request)) {
            throw ApiError.refused(
                    415,
                    "unsupported_media_type",
                    "The body is not called JSON; send the header Content-Type: application/json.");
        }
    }

    private Caller caller(ServerRequest request) {
        if (keys.isEmpty() && !household.isShared()) {
            requireOwn(request);
            return Caller.OPERATOR;
        }
        Optional<String> secret = cookies.find(request);
        if (shown(request).isEmpty() && secret.isPresent()) {
            return signedIn(request, secret.get());
        }
        String shown =
                shown(request)
                        .orElseThrow(() ->
                                refused(
                                        "The key is missing; send it in the header Authorization:"
                                                + " Bearer KEY."));
        if (isOperator(shown)) {
            return Caller.OPERATOR;
        }
        return household
                .find(shown)
                .orElseThrow(() ->
                        refused("The key is not known here; use one that this server knows."));
    }

    private Caller signedIn(ServerRequest request, String secret) {
        Caller caller =
                household
                        .signedIn(secret)
                        .orElseThrow(() -> refused("You are not signed in any more; sign in."));
        if (!SAFE.contains(request.prologue().method().text())) {
            requireSameOrigin(request);
        }
        return caller;
    }

    /// Checks whether a page of this server asks, and not another that a browser shows (CSRF).
    private static void requireSameOrigin(ServerRequest request) {
        String host = header(request, HeaderNames.HOST).orElse("");
        String origin = header(request, HeaderNames.ORIGIN).orElse("");
        if (!origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw ApiError.refused(
                    403,
                    "wrong_origin",
                    "Who is signed in changes something only from a page of this server, and this"
                            + " is from '%s'.".formatted(cut(origin)));
        }
    }

    private static ApiError refused(String message) {
        return ApiError.refused(401, "invalid_api_key", message);
    }

    /// Returns whether a body is called JSON. Where there is none, as some clients cancel, nothing
    /// has to be said of it; but what is said has to be true, since a page's form always names a
    /// type, and all else that a page sends names its origin.
    private static boolean isJson(ServerRequest request) {
        return header(request, HeaderNames.CONTENT_TYPE).isPresent()
                ? isCalled(request, "application/json")
                : !request.content().hasEntity();
    }

    private static boolean isCalled(ServerRequest request, String type) {
        return header(request, HeaderNames.CONTENT_TYPE)
                .filter(it -> it.strip().toLowerCase(Locale.ROOT).startsWith(type))
                .isPresent();
    }

    private static Optional<String> shown(ServerRequest request) {
        return header(request, HeaderNames.AUTHORIZATION)
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip())
                .or(() -> header(request, API_KEY));
    }

    /// Returns whether it is one of the operator's keys. All are compared, and each in full, so
    /// that the time tells nothing.
    private boolean isOperator(String shown) {
        boolean known = false;
        for (String key : keys) {
            known |= MessageDigest.isEqual(bytes(key), bytes(shown));
        }
        return known;
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
