package dev.polymnia.server;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.databind.JsonNode;

/// OpenAI's Chat Completions. Thread-safe.
///
/// @param exchange answers
/// @param models that there are
/// @param mostBytes of a request's body
record ChatCompletions(Exchange exchange, Models models, int mostBytes) {
    /// Answers a request; blocks until all is told.
    void handle(Caller caller, ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        ChatRequest asked = ChatRequest.of(body, models.of(body).info());
        exchange.answer(caller, asked.inquiry(), body, asked, response);
    }
}
