package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.run.Event;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A message of Anthropic's API in one piece. Stateless.
final class MessageAnswer {
    private MessageAnswer() {}

    static String json(MessagesRequest request, Leg leg, Collected collected) {
        Event end = collected.end();
        ObjectNode body = MessageJson.message(request.inquiry());
        ArrayNode content = (ArrayNode) body.get("content");
        if (request.thoughts() && !collected.thoughts().isEmpty()) {
            content.add(MessageJson.thinking(collected.thoughts()));
        }
        if (!collected.words().isEmpty()) {
            content.add(MessageJson.text(collected.words()));
        }
        if (end instanceof Event.Suspended suspended) {
            for (Content.ToolCall call : suspended.calls()) {
                ObjectNode block = MessageJson.toolUse(call);
                block.set("input", MessageJson.input(call));
                content.add(block);
            }
        }
        body.put("stop_reason", MessageJson.stopReason(end));
        MessageJson.putUsage(body, RunJson.used(leg, end));
        collected.putRun(body);
        return body.toString();
    }
}
