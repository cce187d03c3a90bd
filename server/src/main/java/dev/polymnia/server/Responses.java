package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI's Responses. Thread-safe.
///
/// @param exchange answers
/// @param models that there are
/// @param mostBytes of a request's body
/// @param kept the responses that can be asked for
record Responses(Exchange exchange, Models models, int mostBytes, KeptResponses kept) {
    /// Answers a request; blocks until all is told, or if it is for the background returns at once.
    void create(ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        ResponsesRequest asked =
                ResponsesRequest.of(
                        body,
                        models.of(body).info(),
                        id -> kept.get(id).flatMap(KeptResponses.Response::conversation));
        if (asked.background()) {
            start(asked, response);
            return;
        }
        exchange.answer(asked.inquiry(), body, reply(asked), response);
    }

    private Reply reply(ResponsesRequest asked) {
        return new Reply() {
            @Override
            public String whole(Leg leg, Collected collected) {
                ObjectNode body = ResponseAnswer.of(asked, leg, collected);
                keep(asked, body);
                return body.toString();
            }

            @Override
            public Streamed streamed(Leg leg, ServerSentEvents out) {
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
        Models.Answering model = models.of(asked.inquiry().model());
        Leg leg = Leg.of(asked.inquiry().run(), model.waiting());
        Collected collected = new Collected(leg, asked.inquiry().events());
        ObjectNode body = ResponseJson.response(asked, "in_progress", collected.created());
        Thread thread =
                Thread.ofVirtual()
                        .name("response-" + id(asked))
                        .unstarted(() -> work(asked, model, leg, collected));
        KeptResponses.Work work = new KeptResponses.Work(leg.request().cancellation(), thread);
        kept.begin(
                id(asked), new KeptResponses.Response(body, Optional.empty(), Optional.of(work)));
        thread.start();
        Bodies.send(response, body.toString());
    }

    /// Answers in the background and keeps what comes of it.
    private void work(
            ResponsesRequest asked, Models.Answering model, Leg leg, Collected collected) {
        try {
            Exchange.answer(model, leg, collected::on);
            kept.replace(id(asked), over(asked, ResponseAnswer.of(asked, leg, collected)));
        } catch (Fault fault) {
            boolean cancelled = fault.code() == Fault.Code.CANCELLED;
            ObjectNode body =
                    ResponseJson.response(
                            asked, cancelled ? "cancelled" : "failed", collected.created());
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
