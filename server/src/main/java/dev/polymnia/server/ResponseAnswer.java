package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.run.Event;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A response of OpenAI's Responses API in one piece. Stateless.
final class ResponseAnswer {
    private ResponseAnswer() {}

    static ObjectNode of(ResponsesRequest request, Leg leg, Collected collected) {
        Event end = collected.end();
        String id = request.id();
        ObjectNode body = request.response("completed", collected.created());
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
