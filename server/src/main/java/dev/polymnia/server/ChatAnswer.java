package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.run.Event;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A chat completion in one piece. Stateless.
final class ChatAnswer {
    private ChatAnswer() {}

    static String json(ChatRequest request, Leg leg, Collected collected) {
        Event end = collected.end();
        ObjectNode body =
                ChatJson.object(
                        "chat.completion", request.inquiry(), Instant.now().getEpochSecond());
        ArrayNode choices = body.putArray("choices");
        if (request.isForSeveral()) {
            collected.choices().forEach(choice -> put(choices, request, choice));
        } else {
            put(choices, request, collected);
        }
        ChatJson.putUsage(body, leg, end);
        collected.putRun(body);
        return body.toString();
    }

    private static void put(ArrayNode choices, ChatRequest request, Choices.Choice answer) {
        ObjectNode choice = choice(choices);
        message(choice).put("content", answer.words()).putNull("refusal");
        ChatProbabilities.put(choice, request.tellsProbabilities() ? answer.tokens() : List.of());
        choice.put("finish_reason", ChatJson.finishReason(answer.reason()));
    }

    private static ObjectNode choice(ArrayNode choices) {
        return choices.addObject().put("index", choices.size() - 1);
    }

    private static ObjectNode message(ObjectNode choice) {
        return choice.putObject("message").put("role", "assistant");
    }

    private static void put(ArrayNode choices, ChatRequest request, Collected collected) {
        Event end = collected.end();
        ObjectNode choice = choice(choices);
        ObjectNode message = message(choice);
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
                choice,
                request.tellsProbabilities() ? collected.choices().getFirst().tokens() : List.of());
        choice.put("finish_reason", ChatJson.finishReason(end));
    }
}
