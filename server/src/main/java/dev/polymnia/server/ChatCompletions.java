package dev.polymnia.server;

import dev.polymnia.core.model.ModelInfo;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// OpenAI's Chat Completions. Thread-safe.
///
/// @param exchange answers
/// @param model what it answers with
/// @param mostBytes of a request's body
record ChatCompletions(Exchange exchange, ModelInfo model, int mostBytes) {
    /// Answers a request; blocks until all is told.
    void handle(ServerRequest request, ServerResponse response) {
        ChatRequest asked = ChatRequest.of(Bodies.read(request, mostBytes), model);
        exchange.answer(asked.inquiry(), asked, response);
    }
}
