package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// A chat completion in one piece.
final class ChatAnswer implements Reply.Whole {
    private final ChatRequest request;
    private final Leg leg;
    private final Collected collected;

    ChatAnswer(ChatRequest request, Leg leg) {
        this.request = request;
        this.leg = leg;
        collected = new Collected(leg, request.inquiry().events());
    }

    @Override
    public void on(RunEvent event) {
        collected.on(event);
    }

    @Override
    public String json() {
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
        choice.putNull("logprobs");
        choice.put("finish_reason", ChatJson.finishReason(end));
        ChatJson.putUsage(body, leg, end);
        collected.putRun(body);
        return body.toString();
    }
}
