package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.run.Event;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A chat completion in one piece. Stateless.
final class ChatAnswer {
    private ChatAnswer() {}

    static String json(ChatRequest request, Leg leg, Collected collected) {
        Event end = collected.end();
        ObjectNode body =
                ChatJson.object(
                        "chat.completion", request.inquiry(), Instant.now().getEpochSecond());
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        String words = collected.words();
        if (end instanceof Event.Suspended suspended) {
            message.put("content", words.isEmpty() ? null : words);
            ChatJson.putCalls(message, suspended, false);
        } else {
            message.put("content", words);
        }
        message.putNull("refusal");
        if (!collected.thoughts().isEmpty()) {
            message.put("reasoning_content", collected.thoughts());
        }
        ChatProbabilities.put(
                choice, request.tellsProbabilities() ? collected.tokens() : List.of());
        choice.put("finish_reason", ChatJson.finishReason(end));
        ChatJson.putUsage(body, leg, end);
        collected.putRun(body);
        return body.toString();
    }
}
