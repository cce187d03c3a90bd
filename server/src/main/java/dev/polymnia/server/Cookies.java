package dev.polymnia.server;

import dev.polymnia.server.people.Secret;
import dev.polymnia.server.people.Session;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/// The one cookie: the secret of a session, which no page's script reads and no page from elsewhere
/// sends. Over TLS its name keeps other hosts of a domain from setting it (RFC 6265bis, 4.1.3.2).
/// Immutable.
///
/// @param secure whether the server speaks TLS
record Cookies(boolean secure) {
    private String name() {
        return secure ? "__Host-polymnia" : "polymnia";
    }

    /// Returns the secret that a request shows; empty if none.
    Optional<String> find(ServerRequest request) {
        return request.headers().cookies().first(name()).asOptional();
    }

    /// Has a browser keep a secret.
    void set(ServerResponse response, Secret secret) {
        put(response, secret.text(), Session.LONGEST.toSeconds());
    }

    /// Has a browser forget it.
    void clear(ServerResponse response) {
        put(response, "", 0);
    }

    private void put(ServerResponse response, String value, long seconds) {
        response.header(
                HeaderNames.SET_COOKIE,
                "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                        .formatted(name(), value, seconds, secure ? "; Secure" : ""));
    }
}
