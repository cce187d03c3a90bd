package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's Responses. Thread-safe.
///
/// @param exchange answers
/// @param model what it answers with
/// @param mostBytes of a request's body
/// @param kept the responses that can be asked for
record Responses(Exchange exchange, ModelInfo model, int mostBytes, KeptResponses kept) {
    /// Answers a request; blocks until all is told, or if it is for the background returns at once.
    void create(ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        ResponsesRequest asked =
                ResponsesRequest.of(
                        body,
                        model,
                        id -> kept.get(id).flatMap(KeptResponses.Response::conversation));
        if (asked.background()) {
            start(asked, response);
            return;
        }
        exchange.answer(asked.inquiry(), body, shape(asked), response);
    }

    private Reply.Shape shape(ResponsesRequest asked) {
        return new Reply.Shape() {
            @Override
            public Reply.Whole whole(Leg leg) {
                return new ResponseAnswer(asked, leg, body -> keep(asked, body));
            }

            @Override
            public Reply.Streamed streamed(Leg leg, ServerSentEvents out) {
                return new ResponseStream(asked, leg, out, body -> keep(asked, body));
            }
        };
    }

    private void keep(ResponsesRequest asked, ObjectNode body) {
        if (asked.stored()) {
            kept.put(id(asked), over(asked, body));
        }
    }

    private static KeptResponses.Response over(ResponsesRequest asked, ObjectNode body) {
        return new KeptResponses.Response(
                body, Optional.of(asked.conversation(body)), Optional.empty());
    }

    private static String id(ResponsesRequest asked) {
        return asked.inquiry().run().run();
    }

    private void start(ResponsesRequest asked, ServerResponse response) {
        if (!asked.inquiry().ignored().isEmpty()) {
            response.header(Exchange.IGNORED, String.join(", ", asked.inquiry().ignored()));
        }
        Leg leg = Leg.of(asked.inquiry().run(), exchange.waiting());
        ResponseAnswer answer = new ResponseAnswer(asked, leg, _ -> {});
        ObjectNode body = answer.without("in_progress");
        Thread thread =
                Thread.ofVirtual()
                        .name("response-" + id(asked))
                        .unstarted(() -> work(asked, leg, answer));
        KeptResponses.Work work = new KeptResponses.Work(leg.request().cancellation(), thread);
        kept.begin(
                id(asked), new KeptResponses.Response(body, Optional.empty(), Optional.of(work)));
        thread.start();
        Bodies.send(response, body.toString());
    }

    /// Answers in the background and keeps what comes of it.
    private void work(ResponsesRequest asked, Leg leg, ResponseAnswer answer) {
        try {
            exchange.answer(leg, answer);
            kept.replace(id(asked), over(asked, answer.object()));
        } catch (Fault fault) {
            boolean cancelled = fault.code() == Fault.Code.CANCELLED;
            ObjectNode body = answer.without(cancelled ? "cancelled" : "failed");
            if (!cancelled) {
                ResponseJson.failed(body, ApiError.of(fault));
            }
            kept.replace(
                    id(asked),
                    new KeptResponses.Response(body, Optional.empty(), Optional.empty()));
        }
    }

    /// Sends a response.
    void get(ServerRequest request, ServerResponse response) {
        Bodies.send(response, find(request).body().toString());
    }

    /// Forgets a response; what is at work on it is cancelled.
    void delete(ServerRequest request, ServerResponse response) {
        KeptResponses.Response found = find(request);
        kept.remove(name(request));
        found.work().ifPresent(work -> work.cancellation().request());
        Bodies.send(
                response,
                RunJson.object()
                        .put("id", name(request))
                        .put("object", "response")
                        .put("deleted", true)
                        .toString());
    }

    /// Ends a response that is at work in the background, and waits for its end.
    void cancel(ServerRequest request, ServerResponse response) {
        KeptResponses.Response found = find(request);
        if (!found.body().get("background").asBoolean()) {
            throw ApiError.refused(
                    400,
                    "not_in_background",
                    "The response '%s' is not one in the background; only those can be cancelled."
                            .formatted(name(request)));
        }
        found.work().ifPresent(KeptResponses.Work::cancel);
        // It may have been over, or have come to its end in this moment.
        ObjectNode body =
                kept.get(name(request)).map(KeptResponses.Response::body).orElse(found.body());
        Bodies.send(response, body.toString());
    }

    private KeptResponses.Response find(ServerRequest request) {
        return kept.get(name(request))
                .orElseThrow(() ->
                        ApiError.refused(
                                404,
                                "response_not_found",
                                "There is no response '%s'; it was not stored, or was forgotten."
                                        .formatted(name(request))));
    }

    private static String name(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }
}
