package dev.polymnia.server;

import dev.polymnia.core.model.ModelInfo;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.databind.JsonNode;

/// Anthropic's Messages. Thread-safe.
///
/// @param exchange answers
/// @param model what it answers with
/// @param mostBytes of a request's body
record Messages(Exchange exchange, ModelInfo model, int mostBytes) {
    /// Answers a request; blocks until all is told.
    void handle(ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        MessagesRequest asked = MessagesRequest.of(body, model, true);
        exchange.answer(asked.inquiry(), body, asked, response);
    }

    /// Says how many tokens a request's prompt has.
    void count(ServerRequest request, ServerResponse response) {
        MessagesRequest asked = MessagesRequest.of(Bodies.read(request, mostBytes), model, false);
        int tokens = exchange.starter().promptTokens(asked.inquiry().run());
        Bodies.send(response, RunJson.object().put("input_tokens", tokens).toString());
    }
}
