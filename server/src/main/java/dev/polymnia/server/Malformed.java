package dev.polymnia.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/// Answers what is no request, and so never gets to a route, in the API's shape, too. Stateless.
final class Malformed implements DirectHandler {
    private Malformed() {}

    /// Returns this for all that can be wrong.
    static DirectHandlers handlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            builder.addHandler(type, new Malformed());
        }
        return builder.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        boolean broke = type == EventType.INTERNAL_ERROR;
        ApiError error =
                ApiError.refused(
                        status.code(),
                        broke ? "internal_error" : "bad_request",
                        broke
                                ? "The server broke; its log says how."
                                : "The request cannot be read: " + message);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .keepAlive(false)
                .entity(error.json(Dialect.OPENAI))
                .build();
    }
}
