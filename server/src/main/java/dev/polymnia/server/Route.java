package dev.polymnia.server;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/// One thing that the server does.
///
/// @param access who may ask for it
/// @param dialect what its errors look like
record Route(Method method, String path, Access access, Dialect dialect, Handler handler) {
    /// Who may ask.
    enum Access {
        /// Whoever reaches the server.
        ANYBODY,
        /// Whoever the [gate][Gate] lets in.
        CLIENT
    }
}
