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

    /// Returns what a request that cannot be read is for a client.
    static ApiError error(int status, String message) {
        return status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
                ? ApiError.refused(
                        status,
                        "too_large",
                        "The body is longer than this server takes (limits.body-bytes); send less.")
                : ApiError.refused(status, "bad_request", "The request cannot be read: " + message);
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        ApiError error =
                type == EventType.INTERNAL_ERROR
                        ? ApiError.refused(
                                status.code(),
                                "internal_error",
                                "The server broke; its log says how.")
                        : error(status.code(), message);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .keepAlive(false)
                .entity(error.body(Dialect.OPENAI))
                .build();
    }
}
