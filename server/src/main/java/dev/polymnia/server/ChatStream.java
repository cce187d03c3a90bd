package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A chat completion in pieces, as server-sent events. Confined to the request's thread.
final class ChatStream {
    private final ChatRequest request;
    private final Digest digest;
    private final OutputStream out;
    private final long created = Instant.now().getEpochSecond();

    ChatStream(ChatRequest request, OutputStream out) {
        this.request = request;
        this.out = out;
        digest = new Digest(request.run().mode());
    }

    /// Tells who speaks.
    void begin() throws IOException {
        ObjectNode chunk = chunk();
        delta(chunk).put("role", "assistant").put("content", "");
        send(chunk.toString());
    }

    /// Tells an event, if there is anything in it for this client.
    void write(RunEvent event) throws IOException {
        ObjectNode chunk = chunk();
        ObjectNode delta = delta(chunk);
        digest.of(event).ifPresent(words -> delta.put("reasoning_content", words));
        if (event.event() instanceof Event.AnswerDelta(String words)) {
            delta.put("content", words);
        }
        if (event.event() instanceof Event.RunFinished finished) {
            end(chunk, finished);
        }
        if (request.events()) {
            chunk.set("polymnia", JsonMapper.shared().readTree(EventJson.line(event)));
        }
        if (!delta.isEmpty() || chunk.has("polymnia")) {
            send(chunk.toString());
        }
        if (event.event() instanceof Event.RunFinished finished) {
            close(finished);
        }
    }

    private void end(ObjectNode chunk, Event.RunFinished finished) {
        ((ObjectNode) chunk.get("choices").get(0))
                .put("finish_reason", ChatJson.finishReason(finished.outcome()));
        ChatJson.putRun(chunk, request, finished);
    }

    private void close(Event.RunFinished finished) throws IOException {
        if (request.countsUsage()) {
            ObjectNode chunk = chunk();
            chunk.putArray("choices");
            ChatJson.putUsage(chunk, finished.ledger());
            send(chunk.toString());
        }
        send("[DONE]");
    }

    /// Tells why there will be no answer.
    void fail(Fault fault) throws IOException {
        send(ApiError.of(fault).json());
        send("[DONE]");
    }

    /// Tells that the run is still at work, and notices a client that has gone.
    void beat() throws IOException {
        out.write(": at work\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private ObjectNode chunk() {
        ObjectNode chunk = ChatJson.object("chat.completion.chunk", request, created);
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("delta");
        choice.putNull("logprobs");
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode delta(ObjectNode chunk) {
        return (ObjectNode) chunk.get("choices").get(0).get("delta");
    }

    private void send(String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
