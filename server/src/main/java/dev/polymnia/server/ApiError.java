package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request that is answered with an error, in the shape of the API that was asked. Its message is
/// meant for whoever wrote the client: what, which value, and what to do.
final class ApiError extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private static final String REQUEST = "invalid_request_error";
    private static final int TOO_MANY = 429;
    private static final int STOPPING = 503;

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;

    private ApiError(
            int status,
            String type,
            @Nullable String param,
            @Nullable String code,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    /// Returns that a field is wrong.
    ///
    /// @param param the field, with the path to it: `messages[0].role`
    static ApiError field(String param, String message) {
        return new ApiError(400, REQUEST, param, null, message, null);
    }

    /// Returns that a field is known but not supported.
    static ApiError unsupported(String param, String message) {
        return new ApiError(400, REQUEST, param, "unsupported_parameter", message, null);
    }

    /// Returns that the request as a whole is refused.
    static ApiError refused(int status, String code, String message) {
        String type = status == 401 ? "authentication_error" : REQUEST;
        return new ApiError(status, type, null, code, message, null);
    }

    /// Returns what a fault is for a client.
    static ApiError of(Fault fault) {
        return switch (fault.code()) {
            case INVALID, UNSUPPORTED -> request(400, null, fault);
            case NOT_FOUND -> request(404, null, fault);
            case CONTEXT_FULL -> request(400, "context_length_exceeded", fault);
            case BUDGET_SPENT -> request(400, "budget_spent", fault);
            case OVERLOADED -> server(TOO_MANY, "rate_limit_error", fault);
            // A run is cancelled by its client, who has gone, or as the server stops.
            case UNAVAILABLE, CANCELLED -> server(STOPPING, "server_error", fault);
            case CORRUPT -> server(502, "server_error", fault);
            case INTERNAL -> server(500, "server_error", fault);
        };
    }

    /// Returns what the fault of an endpoint elsewhere is for who asked about it: it is not this
    /// server that is wrong.
    static ApiError ofEndpoint(Fault fault) {
        ApiError usual = of(fault);
        return new ApiError(usual.status, usual.type, null, "endpoint", fault.getMessage(), fault);
    }

    private static ApiError request(int status, @Nullable String code, Fault fault) {
        return new ApiError(status, REQUEST, null, code, fault.getMessage(), fault);
    }

    private static ApiError server(int status, String type, Fault fault) {
        return new ApiError(status, type, null, null, fault.getMessage(), fault);
    }

    int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /// Returns why a request was refused as a whole, in a word; empty if a field of it was wrong,
    /// or something went wrong here.
    Optional<String> reason() {
        if (status == TOO_MANY) {
            return Optional.of("busy");
        }
        return param == null ? Optional.ofNullable(code) : Optional.empty();
    }

    /// Returns whether the same request may succeed in a moment.
    boolean isPassing() {
        return status == TOO_MANY || status == STOPPING;
    }

    /// Returns the body: an object with an object `error`, or a page.
    String body(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> openAi();
            case ANTHROPIC -> anthropic();
            case PAGE -> HtmlPage.of(getMessage());
        };
    }

    private String anthropic() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("type", "error");
        String message = param == null ? getMessage() : param + ": " + getMessage();
        body.putObject("error").put("type", anthropicType()).put("message", message);
        return body.toString();
    }

    private String anthropicType() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            default -> status < 500 ? REQUEST : "api_error";
        };
    }

    private String openAi() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        ObjectNode error = body.putObject("error");
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        return body.toString();
    }
}
