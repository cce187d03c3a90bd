package dev.polymnia.server;

import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists that are too long for one answer: each page says whether there is more, and the next
/// begins after its last element. Stateless.
final class Pages {
    private static final int USUAL = 20;
    private static final int LONGEST = 100;

    private Pages() {}

    /// Finds elements, the newest first.
    interface Source<T> {
        /// Returns elements.
        ///
        /// @param after the id of the element before; null for the newest
        List<T> newest(int limit, @Nullable String after);
    }

    /// Returns the page that a request asks for.
    ///
    /// @throws ApiError if it asks for a wrong number of elements
    static <T> String of(ServerRequest request, Source<T> source, BiConsumer<ObjectNode, T> put) {
        int limit = parameter(request, "limit").map(Pages::limit).orElse(USUAL);
        List<T> found = source.newest(limit + 1, parameter(request, "after").orElse(null));
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        found.stream().limit(limit).forEach(each -> put.accept(data.addObject(), each));
        body.put("has_more", found.size() > limit);
        return body.toString();
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LONGEST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw wrongLimit(text);
        }
        throw wrongLimit(text);
    }

    private static ApiError wrongLimit(String text) {
        return ApiError.field("limit", "'limit' is %s; send 1 to %d.".formatted(text, LONGEST));
    }

    /// Returns a parameter of the query; empty if it was not sent.
    static Optional<String> parameter(ServerRequest request, String name) {
        if (!request.query().contains(name)) {
            return Optional.empty();
        }
        String value = request.query().get(name);
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw ApiError.field(
                    name,
                    "'%s' has a character that cannot be seen; leave it out.".formatted(name));
        }
        return Optional.of(value);
    }
}
