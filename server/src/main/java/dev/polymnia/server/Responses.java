package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.model.ModelInfo;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's Responses. Thread-safe.
///
/// @param exchange answers
/// @param models that there are
/// @param runs those in the background are among them
/// @param kept the responses that can be asked for
/// @param mostBytes of a request's body
record Responses(Exchange exchange, Models models, Runs runs, KeptResponses kept, int mostBytes) {
    /// Answers a request; blocks until all is told, or if it is for the background returns at once.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        ModelInfo info = models.of(body).info();
        ResponsesRequest asked =
                ResponsesRequest.of(body, info, id -> kept.conversation(caller.sees(), id, info));
        if (asked.background()) {
            start(caller, asked, body, response);
            return;
        }
        exchange.answer(caller, asked.inquiry(), body, reply(caller, asked, body), response);
    }

    private Reply reply(Caller caller, ResponsesRequest asked, JsonNode sent) {
        return new Reply() {
            @Override
            public String whole(Leg leg, Collected collected) {
                ObjectNode body = ResponseAnswer.of(asked, leg, collected);
                keep(leg, body);
                return body.toString();
            }

            @Override
            public Streamed streamed(Leg leg, ServerSentEvents out) {
                return new ResponseStream(asked, leg, out, body -> keep(leg, body));
            }

            // The answer does not wait for the database.
            private void keep(Leg leg, ObjectNode body) {
                kept.keep(caller.spender(), asked, leg, sent, body, Duration.ZERO);
            }
        };
    }

    private void start(
            Caller caller, ResponsesRequest asked, JsonNode body, ServerResponse response) {
        if (!asked.inquiry().ignored().isEmpty()) {
            response.header(Exchange.IGNORED, String.join(", ", asked.inquiry().ignored()));
        }
        runs.background().create(caller, asked, body);
        Bodies.send(response, find(caller, asked.id()).toString());
    }

    /// Sends a response.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(response, find(caller, name(request)).toString());
    }

    /// Forgets a response; what is at work on it is cancelled.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        String id = name(request);
        if (isInBackground(find(caller, id))) {
            runs.end(id);
        }
        kept.delete(id);
        Bodies.send(
                response,
                RunJson.object()
                        .put("id", id)
                        .put("object", "response")
                        .put("deleted", true)
                        .toString());
    }

    /// Ends a response that is at work in the background, and waits for its end.
    void cancel(Caller caller, ServerRequest request, ServerResponse response) {
        String id = name(request);
        if (!isInBackground(find(caller, id))) {
            throw ApiError.refused(
                    400,
                    "not_in_background",
                    "The response '%s' is not one in the background; only those can be cancelled."
                            .formatted(id));
        }
        runs.end(id);
        Bodies.send(response, find(caller, id).toString());
    }

    private static boolean isInBackground(ObjectNode response) {
        return response.get("background").asBoolean();
    }

    private ObjectNode find(Caller caller, String id) {
        return kept.find(caller.sees(), id)
                .orElseThrow(() ->
                        ApiError.refused(
                                404,
                                "response_not_found",
                                "There is no response '%s'; it was not stored, or was forgotten."
                                        .formatted(id)));
    }

    private static String name(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }
}
