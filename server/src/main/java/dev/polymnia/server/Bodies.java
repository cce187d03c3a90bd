package dev.polymnia.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bodies of requests and responses, which are JSON. Stateless.
final class Bodies {
    private Bodies() {}

    /// Reads a request's body.
    ///
    /// @throws ApiError if it is no JSON, too long, or breaks off
    static JsonNode read(ServerRequest request, int mostBytes) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw ApiError.refused(
                        413,
                        "too_large",
                        "The body is longer than %d bytes; send less.".formatted(mostBytes));
            }
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw ApiError.refused(
                    400, "invalid_json", "The body is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.refused(400, "cut_off", "The body broke off: " + e.getMessage());
        }
    }

    /// Sends a body; the status is what it was set to.
    static void send(ServerResponse response, String json) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(json.getBytes(StandardCharsets.UTF_8));
    }
}
