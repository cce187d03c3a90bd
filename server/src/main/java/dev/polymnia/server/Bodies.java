package dev.polymnia.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Bodies of requests and responses, most of which are JSON. Stateless.
final class Bodies {
    private Bodies() {}

    /// Reads a request's body.
    ///
    /// @throws ApiError if it is no JSON, too long, or breaks off
    static JsonNode read(ServerRequest request, int mostBytes) {
        return json(bytes(request, mostBytes));
    }

    /// Returns the JSON that a body is.
    ///
    /// @throws ApiError if it is none
    static JsonNode json(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw ApiError.refused(
                    400, "invalid_json", "The body is no JSON: " + e.getOriginalMessage());
        }
    }

    /// Reads a request's body, whatever it is.
    ///
    /// @throws ApiError if it is too long, or breaks off
    static byte[] bytes(ServerRequest request, int mostBytes) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw ApiError.refused(
                        413,
                        "too_large",
                        "The body is longer than %d bytes; send less.".formatted(mostBytes));
            }
            return bytes;
        } catch (IOException e) {
            throw ApiError.refused(400, "cut_off", "The body broke off: " + e.getMessage());
        }
    }

    /// Sends a body; the status is what it was set to.
    static void send(ServerResponse response, String json) {
        send(response, Dialect.OPENAI, json);
    }

    /// Sends a body as a dialect has it; the status is what it was set to.
    static void send(ServerResponse response, Dialect dialect, String body) {
        response.header(HeaderNames.CONTENT_TYPE, dialect.contentType());
        response.send(body.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends all elements of a list.
    ///
    /// @param put puts one
    static <T> void sendList(ServerResponse response, List<T> list, BiConsumer<ObjectNode, T> put) {
        send(response, list(list, put));
    }

    /// Returns a list with all elements.
    ///
    /// @param put puts one
    static <T> String list(List<T> list, BiConsumer<ObjectNode, T> put) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        list.forEach(each -> put.accept(data.addObject(), each));
        return body.toString();
    }

    /// Sends that something is no more.
    ///
    /// @param kind of what was deleted
    static void sendDeleted(ServerResponse response, String kind, String id) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("id", id).put("object", kind + ".deleted").put("deleted", true);
        send(response, body.toString());
    }
}
