package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Embedder;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's Embeddings. Thread-safe.
final class Embeddings {
    private final Embedder embedder;
    private final int mostBytes;
    private final int most;
    private final Semaphore places;

    /// @param embedder makes the vectors; says itself how much it computes at once
    /// @param mostBytes of a request's body
    /// @param most requests at work at once; more are refused
    Embeddings(Embedder embedder, int mostBytes, int most) {
        this.embedder = embedder;
        this.mostBytes = mostBytes;
        this.most = most;
        places = new Semaphore(most);
    }

    /// Answers a request; blocks until all is told.
    void handle(Caller caller, ServerRequest request, ServerResponse response) {
        caller.requireModel(embedder.name());
        JsonNode body = Bodies.read(request, mostBytes);
        if (!places.tryAcquire()) {
            throw new Fault(
                    Fault.Code.OVERLOADED,
                    "%d requests for embeddings are at work already; try again in a moment."
                            .formatted(most));
        }
        EmbeddingsRequest asked;
        List<float[]> vectors;
        try {
            asked = EmbeddingsRequest.of(body, embedder);
            vectors = embedder.embed(asked.texts());
        } finally {
            places.release();
        }
        // A client that reads slowly has no place.
        answer(asked, vectors, response);
    }

    private void answer(EmbeddingsRequest asked, List<float[]> vectors, ServerResponse response) {
        ObjectNode body = RunJson.object();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        for (float[] vector : vectors) {
            ObjectNode one = data.addObject();
            one.put("object", "embedding");
            one.put("index", data.size() - 1);
            if (asked.base64()) {
                one.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = one.putArray("embedding");
                for (float number : vector) {
                    numbers.add(number);
                }
            }
        }
        body.put("model", embedder.name());
        body.putObject("usage")
                .put("prompt_tokens", asked.tokens())
                .put("total_tokens", asked.tokens());
        if (!asked.ignored().isEmpty()) {
            response.header(Exchange.IGNORED, String.join(", ", asked.ignored()));
        }
        Bodies.send(response, body.toString());
    }

    /// Returns numbers as OpenAI packs them: 32 bits each, the lowest byte first.
    private static String base64(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
