package dev.polymnia.server;

import dev.polymnia.agents.Digest;
import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A chat completion in pieces.
final class ChatStream implements Reply.Streamed {
    private final ChatRequest request;
    private final Leg leg;
    private final Digest digest;

    /// Those that were not told yet.
    private final List<TokenDetail> tokens = new ArrayList<>();

    private final ServerSentEvents out;
    private final long created = Instant.now().getEpochSecond();

    ChatStream(ChatRequest request, Leg leg, ServerSentEvents out) {
        this.request = request;
        this.leg = leg;
        this.out = out;
        digest = new Digest(leg);
    }

    @Override
    public void begin() throws IOException {
        ObjectNode chunk = chunk();
        delta(chunk).put("role", "assistant").put("content", "");
        out.send(chunk.toString());
    }

    @Override
    public void on(RunEvent event) throws IOException {
        ObjectNode chunk = chunk();
        ObjectNode delta = delta(chunk);
        if (request.tellsProbabilities()) {
            tokens.addAll(ChatProbabilities.tokens(event));
        }
        digest.thoughts(event).ifPresent(words -> delta.put("reasoning_content", words));
        digest.words(event)
                .ifPresent(words -> {
                    delta.put("content", words);
                    putProbabilities(choice(chunk));
                });
        switch (event.event()) {
            case Event.Suspended suspended -> {
                ChatJson.putCalls(delta, suspended, true);
                end(chunk, event);
            }
            case Event.RunFinished _ -> end(chunk, event);
            default -> {
                if (request.inquiry().events()) {
                    chunk.set("polymnia", RunJson.of(event));
                }
                if (!delta.isEmpty() || chunk.has("polymnia")) {
                    out.send(chunk.toString());
                }
            }
        }
    }

    /// The last chunk has the end's own event, if events are told, and else what the run came to.
    private void end(ObjectNode chunk, RunEvent end) throws IOException {
        ObjectNode choice = choice(chunk);
        putProbabilities(choice);
        choice.put("finish_reason", ChatJson.finishReason(end.event()));
        if (request.inquiry().events()) {
            chunk.set("polymnia", RunJson.of(end));
        } else {
            RunJson.put(chunk, leg, end.event());
        }
        out.send(chunk.toString());
        if (request.countsUsage()) {
            ObjectNode last = chunk();
            last.putArray("choices");
            ChatJson.putUsage(last, leg, end.event());
            out.send(last.toString());
        }
        out.send("[DONE]");
    }

    private void putProbabilities(ObjectNode choice) {
        ChatProbabilities.put(choice, tokens);
        tokens.clear();
    }

    @Override
    public void fail(Fault fault) throws IOException {
        out.send(ApiError.of(fault).json(Dialect.OPENAI));
        out.send("[DONE]");
    }

    private ObjectNode chunk() {
        ObjectNode chunk = ChatJson.object("chat.completion.chunk", request.inquiry(), created);
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("delta");
        choice.putNull("logprobs");
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode delta(ObjectNode chunk) {
        return (ObjectNode) choice(chunk).get("delta");
    }

    private static ObjectNode choice(ObjectNode chunk) {
        return (ObjectNode) chunk.get("choices").get(0);
    }
}
