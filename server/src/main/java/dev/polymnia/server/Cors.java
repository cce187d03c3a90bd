package dev.polymnia.server;

import dev.polymnia.core.Fault;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Tells browsers which pages may read what the server answers (cross-origin resource sharing).
/// Thread-safe.
///
/// @param origins of the pages; none unless somebody says so
record Cors(Set<String> origins) {
    private static final HeaderName ASKED_METHOD =
            HeaderNames.create("Access-Control-Request-Method");
    private static final HeaderName ASKED_HEADERS =
            HeaderNames.create("Access-Control-Request-Headers");
    private static final String SECONDS = "600";

    /// Checks the origins.
    ///
    /// @throws Fault `INVALID` if one is no origin, or all are meant
    static void check(Set<String> origins) {
        for (String origin : origins) {
            if (!isOrigin(origin)) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "'%s' is no origin of pages; name each as a browser does: https://chat.example.com, without a path."
                                .formatted(origin));
            }
        }
    }

    /// Returns whether a text is the origin of pages, as a browser names it.
    static boolean isOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            String scheme = uri.getScheme();
            return uri.getHost() != null
                    && ("https".equals(scheme) || "http".equals(scheme))
                    && origin.equals(scheme + "://" + uri.getRawAuthority())
                    && uri.getRawUserInfo() == null
                    && origin.equals(origin.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// Returns whether a request comes from a page that may read the answer.
    boolean isAllowed(ServerRequest request) {
        return origin(request).filter(origins::contains).isPresent();
    }

    /// Tells the browser what it may show the page.
    void tell(ServerRequest request, ServerResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        response.header(HeaderNames.VARY, "Origin");
        if (isAllowed(request)) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin(request).orElseThrow());
            response.header(
                    HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
                    "ETag, Polymnia-Ignored, Retry-After");
        }
    }

    /// Answers a browser that asks before it sends a page's request; such a question has no key.
    ///
    /// @return whether it was one, and so is answered
    boolean answers(ServerRequest request, ServerResponse response) {
        if (!request.prologue().method().equals(Method.OPTIONS)
                || !isAllowed(request)
                || !request.headers().contains(ASKED_METHOD)) {
            return false;
        }
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
        if (request.headers().contains(ASKED_HEADERS)) {
            response.header(
                    HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                    request.headers().get(ASKED_HEADERS).get());
        }
        response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, SECONDS);
        response.status(204);
        response.send();
        return true;
    }

    private static Optional<String> origin(ServerRequest request) {
        return request.headers().contains(HeaderNames.ORIGIN)
                ? Optional.of(request.headers().get(HeaderNames.ORIGIN).get())
                : Optional.empty();
    }
}
