package dev.polymnia.server;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.databind.JsonNode;

/// Anthropic's Messages. Thread-safe.
///
/// @param exchange answers
/// @param models that there are
/// @param mostBytes of a request's body
record Messages(Exchange exchange, Models models, int mostBytes) {
    /// Answers a request; blocks until all is told.
    void handle(Caller caller, ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        MessagesRequest asked = MessagesRequest.of(body, models.of(body).info(), true);
        exchange.answer(caller, asked.inquiry(), body, asked, response);
    }

    /// Says how many tokens a request's prompt has.
    void count(Caller caller, ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        Models.Answering model = models.of(body);
        MessagesRequest asked = MessagesRequest.of(body, model.info(), false);
        caller.requireScope(model.info().name(), asked.inquiry().run());
        int tokens = model.starter().promptTokens(asked.inquiry().run());
        Bodies.send(response, RunJson.object().put("input_tokens", tokens).toString());
    }
}
