package dev.polymnia.server;

import dev.polymnia.agents.Digest;
import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A chat completion in pieces.
final class ChatStream implements Reply.Streamed {
    private final ChatRequest request;
    private final Leg leg;
    private final Digest digest;
    private final ServerSentEvents out;

    /// Those of each answer that were not told yet.
    private final Map<Integer, List<TokenDetail>> tokens = new HashMap<>();

    private final long created = Instant.now().getEpochSecond();

    ChatStream(ChatRequest request, Leg leg, ServerSentEvents out) {
        this.request = request;
        this.leg = leg;
        this.out = out;
        digest = new Digest(leg);
    }

    @Override
    public void begin() throws IOException {
        for (int i = 0; i < leg.request().wishes().answers(); i++) {
            ObjectNode chunk = chunk(i);
            delta(chunk).put("role", "assistant").put("content", "");
            out.send(chunk.toString());
        }
    }

    @Override
    public void on(RunEvent event) throws IOException {
        switch (event.event()) {
            case Event.Suspended suspended -> {
                ObjectNode chunk = chunk(0);
                ChatJson.putCalls(delta(chunk), suspended, true);
                end(chunk, event);
            }
            case Event.RunFinished _ -> end(request.isForSeveral() ? bare() : chunk(0), event);
            default -> tell(event);
        }
    }

    private void tell(RunEvent event) throws IOException {
        int index = request.isForSeveral() ? Math.max(0, event.branch()) : 0;
        ObjectNode chunk = chunk(index);
        ObjectNode delta = delta(chunk);
        if (request.tellsProbabilities()) {
            open(index).addAll(ChatProbabilities.tokens(event));
        }
        digest.thoughts(event).ifPresent(words -> delta.put("reasoning_content", words));
        words(event)
                .ifPresent(words -> {
                    delta.put("content", words);
                    putProbabilities(chunk, index);
                });
        boolean ends = request.isForSeveral() && event.event() instanceof Event.AgentFinished;
        if (ends) {
            Event.AgentFinished finished = (Event.AgentFinished) event.event();
            putProbabilities(chunk, index);
            choice(chunk).put("finish_reason", ChatJson.finishReason(finished.reason()));
        }
        if (request.inquiry().events()) {
            chunk.set("polymnia", RunJson.of(event));
        }
        if (ends || !delta.isEmpty() || chunk.has("polymnia")) {
            out.send(chunk.toString());
        }
    }

    /// Returns what an event adds to an answer; of several each is its own agent's.
    private Optional<String> words(RunEvent event) {
        if (!request.isForSeveral()) {
            return digest.words(event);
        }
        return event.event() instanceof Event.Told(BranchEvent.Delta delta)
                        && delta.channel() == Channel.ANSWER
                ? Optional.of(delta.text()).filter(words -> !words.isEmpty())
                : Optional.empty();
    }

    private List<TokenDetail> open(int index) {
        return tokens.computeIfAbsent(index, _ -> new ArrayList<>());
    }

    private void putProbabilities(ObjectNode chunk, int index) {
        ChatProbabilities.put(choice(chunk), open(index));
        open(index).clear();
    }

    /// The last chunk has the end's own event, if events are told, and else what the run came to.
    /// Of several answers each has ended before.
    private void end(ObjectNode chunk, RunEvent end) throws IOException {
        if (!request.isForSeveral()) {
            putProbabilities(chunk, 0);
            choice(chunk).put("finish_reason", ChatJson.finishReason(end.event()));
        }
        if (request.inquiry().events()) {
            chunk.set("polymnia", RunJson.of(end));
        } else {
            RunJson.put(chunk, leg, end.event());
        }
        out.send(chunk.toString());
        if (request.countsUsage()) {
            ObjectNode last = bare();
            ChatJson.putUsage(last, leg, end.event());
            out.send(last.toString());
        }
        out.send("[DONE]");
    }

    @Override
    public void fail(Fault fault) throws IOException {
        out.send(ApiError.of(fault).body(Dialect.OPENAI));
        out.send("[DONE]");
    }

    private ObjectNode chunk(int index) {
        ObjectNode chunk = bare();
        ObjectNode choice = ((ArrayNode) chunk.get("choices")).addObject();
        choice.put("index", index);
        choice.putObject("delta");
        choice.putNull("logprobs");
        choice.putNull("finish_reason");
        return chunk;
    }

    /// Returns a chunk of the whole.
    private ObjectNode bare() {
        ObjectNode chunk = ChatJson.object("chat.completion.chunk", request.inquiry(), created);
        chunk.putArray("choices");
        return chunk;
    }

    private static ObjectNode delta(ObjectNode chunk) {
        return (ObjectNode) choice(chunk).get("delta");
    }

    private static ObjectNode choice(ObjectNode chunk) {
        return (ObjectNode) chunk.get("choices").get(0);
    }
}
