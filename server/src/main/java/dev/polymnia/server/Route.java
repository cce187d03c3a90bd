package dev.polymnia.server;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import java.util.Optional;

/// One thing that the server does.
///
/// @param access who may ask for it
/// @param dialect what its errors look like
/// @param summary what it does, for the [document][OpenApi]
/// @param body the schema of the request's body; empty if it has none
record Route(
        Method method,
        String path,
        Access access,
        Dialect dialect,
        String summary,
        Optional<String> body,
        Handler handler) {
    /// Who may ask.
    enum Access {
        /// Whoever reaches the server.
        ANYBODY,
        /// Whoever the [gate][Gate] lets in.
        CLIENT
    }

    /// Returns what anybody may ask for.
    static Route open(String path, String summary, Handler handler) {
        return new Route(
                Method.GET,
                path,
                Access.ANYBODY,
                Dialect.OPENAI,
                summary,
                Optional.empty(),
                handler);
    }

    /// Returns what clients may ask for.
    static Route client(Method method, String path, String summary, Handler handler) {
        return new Route(
                method, path, Access.CLIENT, Dialect.OPENAI, summary, Optional.empty(), handler);
    }

    /// Returns this with a body.
    ///
    /// @param schema its name in the document
    Route with(String schema) {
        return new Route(method, path, access, dialect, summary, Optional.of(schema), handler);
    }

    /// Returns this with errors in another shape.
    Route in(Dialect value) {
        return new Route(method, path, access, value, summary, body, handler);
    }
}
