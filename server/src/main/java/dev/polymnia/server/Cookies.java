package dev.polymnia.server;

import dev.polymnia.server.people.Secret;
import dev.polymnia.server.people.Session;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;

/// The cookies, which no page's script reads. The secret of a session is sent by no page from
/// elsewhere; what an attempt to sign in elsewhere needs comes back with the browser from there.
/// Over TLS their names keep other hosts of a domain from setting them (RFC 6265bis, 4.1.3.2).
/// Immutable.
///
/// @param secure whether browsers speak TLS with the server
record Cookies(boolean secure) {
    /// Returns the name of the one with the secret of a session.
    String session() {
        return name("polymnia");
    }

    private String attempt() {
        return name("polymnia-openid");
    }

    private String name(String name) {
        return secure ? "__Host-" + name : name;
    }

    /// Returns the secret that a request shows; empty if none.
    Optional<String> find(ServerRequest request) {
        return find(request, session());
    }

    /// Has a browser keep a secret.
    void set(ServerResponse response, Secret secret) {
        put(response, session(), secret.text(), Session.LONGEST, "Strict");
    }

    /// Has a browser forget it.
    void clear(ServerResponse response) {
        put(response, session(), "", Duration.ZERO, "Strict");
    }

    /// Returns the attempt to sign in elsewhere that a request shows; empty if none.
    Optional<String> findAttempt(ServerRequest request) {
        return find(request, attempt());
    }

    /// Has a browser keep an attempt.
    void setAttempt(ServerResponse response, String attempt, Duration lasts) {
        put(response, attempt(), attempt, lasts, "Lax");
    }

    /// Has a browser forget it.
    void clearAttempt(ServerResponse response) {
        put(response, attempt(), "", Duration.ZERO, "Lax");
    }

    private static Optional<String> find(ServerRequest request, String name) {
        return request.headers().cookies().first(name).asOptional();
    }

    private void put(
            ServerResponse response, String name, String value, Duration lasts, String sameSite) {
        response.headers()
                .add(
                        HeaderNames.SET_COOKIE,
                        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=%s%s"
                                .formatted(
                                        name,
                                        value,
                                        lasts.toSeconds(),
                                        sameSite,
                                        secure ? "; Secure" : ""));
    }
}
