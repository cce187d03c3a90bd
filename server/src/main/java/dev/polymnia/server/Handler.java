package dev.polymnia.server;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Answers the requests of one [Route].
@FunctionalInterface
interface Handler {
    /// Answers; blocks until all is told.
    ///
    /// @param caller who asks; the operator where anybody may
    /// @throws ApiError if the request is refused
    /// @throws dev.polymnia.core.Fault if it cannot be answered
    void handle(Caller caller, ServerRequest request, ServerResponse response);
}
