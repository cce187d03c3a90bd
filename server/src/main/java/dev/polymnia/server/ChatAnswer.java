package dev.polymnia.server;

import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A chat completion in one piece, collected from a run's events. Confined to the run's thread
/// until the run is over.
final class ChatAnswer {
    private final ChatRequest request;
    private final Digest digest;
    private final StringBuilder reasoning = new StringBuilder();
    private final List<RunEvent> events = new ArrayList<>();
    private Optional<Event.RunFinished> finished = Optional.empty();

    ChatAnswer(ChatRequest request) {
        this.request = request;
        digest = new Digest(request.run().mode());
    }

    /// Takes an event.
    void on(RunEvent event) {
        digest.of(event).ifPresent(reasoning::append);
        if (request.events()) {
            events.add(event);
        }
        if (event.event() instanceof Event.RunFinished end) {
            finished = Optional.of(end);
        }
    }

    /// Returns the body.
    ///
    /// @throws IllegalStateException if the run has not come to an answer
    String json() {
        Event.RunFinished end =
                finished.orElseThrow(() -> new IllegalStateException("there is no answer"));
        ObjectNode body =
                ChatJson.object("chat.completion", request, Instant.now().getEpochSecond());
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        message.put("content", end.outcome().text());
        message.putNull("refusal");
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", ChatJson.finishReason(end.outcome()));
        ChatJson.putUsage(body, end.ledger());
        ChatJson.putRun(body, request, end);
        if (request.events()) {
            ArrayNode told = ((ObjectNode) body.get("polymnia")).putArray("events");
            events.forEach(event -> told.add(JsonMapper.shared().readTree(EventJson.line(event))));
        }
        return body.toString();
    }
}
