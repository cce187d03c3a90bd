package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.time.Instant;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A response of OpenAI's Responses API in one piece.
final class ResponseAnswer implements Reply.Whole {
    private final ResponsesRequest request;
    private final Leg leg;
    private final Consumer<ObjectNode> done;
    private final Collected collected;
    private final long created = Instant.now().getEpochSecond();

    /// @param done takes the whole response before its client knows that it is there
    ResponseAnswer(ResponsesRequest request, Leg leg, Consumer<ObjectNode> done) {
        this.request = request;
        this.leg = leg;
        this.done = done;
        collected = new Collected(leg, request.inquiry().events());
    }

    @Override
    public void on(RunEvent event) {
        collected.on(event);
    }

    /// Returns the response as long as there is no answer.
    ///
    /// @param status `in_progress` or `cancelled`
    ObjectNode without(String status) {
        return ResponseJson.response(request, status, created);
    }

    @Override
    public String json() {
        ObjectNode body = object();
        done.accept(body);
        return body.toString();
    }

    /// Returns the body, once the leg is over.
    ObjectNode object() {
        Event end = collected.end();
        String id = request.inquiry().run().run();
        ObjectNode body = ResponseJson.response(request, "completed", created);
        ArrayNode output = (ArrayNode) body.get("output");
        if (!collected.thoughts().isEmpty()) {
            output.add(ResponseJson.reasoning(ResponseJson.id("rs", id, 0), collected.thoughts()));
        }
        if (!collected.words().isEmpty()) {
            ObjectNode message =
                    ResponseJson.message(ResponseJson.id("msg", id, output.size()), "completed");
            ((ArrayNode) message.get("content")).add(ResponseJson.text(collected.words()));
            output.add(message);
        }
        if (end instanceof Event.Suspended suspended) {
            suspended.calls().forEach(call -> output.add(ResponseJson.call(call, "completed")));
        }
        ResponseJson.end(body, leg, end);
        collected.putRun(body);
        return body;
    }
}
