package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/// A message of Anthropic's API in pieces: blocks one after the other, each begun, told and ended.
/// The run's events travel in `ping`, which clients pass over.
final class MessageStream extends BlockStream {
    private final MessagesRequest request;
    private final Leg leg;
    private final ServerSentEvents out;
    private Open open = Open.NONE;
    private int index;

    /// The block that is being told.
    private enum Open {
        NONE,
        THINKING,
        TEXT
    }

    MessageStream(MessagesRequest request, Leg leg, ServerSentEvents out) {
        super(leg, request.inquiry().events());
        this.request = request;
        this.leg = leg;
        this.out = out;
    }

    @Override
    public void begin() throws IOException {
        ObjectNode message = MessageJson.message(request.inquiry());
        MessageJson.putUsage(message, Usage.NONE);
        ObjectNode event = event("message_start");
        event.set("message", message);
        send(event);
    }

    @Override
    void think(String words) throws IOException {
        if (request.thoughts()) {
            open(Open.THINKING);
            delta("thinking_delta", "thinking", words);
        }
    }

    @Override
    void say(String words) throws IOException {
        open(Open.TEXT);
        delta("text_delta", "text", words);
    }

    @Override
    void pass(RunEvent event) throws IOException {
        ObjectNode ping = event("ping");
        ping.set("polymnia", RunJson.of(event));
        send(ping);
    }

    @Override
    void tell(Content.ToolCall call) throws IOException {
        start(MessageJson.toolUse(call));
        delta("input_json_delta", "partial_json", MessageJson.input(call).toString());
        stop();
    }

    @Override
    void end(Event end) throws IOException {
        ObjectNode event = event("message_delta");
        event.putObject("delta")
                .put("stop_reason", MessageJson.stopReason(end))
                .putNull("stop_sequence");
        MessageJson.putUsage(event, RunJson.used(leg, end));
        RunJson.put(event, leg, end);
        send(event);
        send(event("message_stop"));
    }

    @Override
    public void fail(Fault fault) throws IOException {
        out.send("error", ApiError.of(fault).body(Dialect.ANTHROPIC));
    }

    private void open(Open block) throws IOException {
        if (open == block) {
            return;
        }
        close();
        open = block;
        start(block == Open.TEXT ? MessageJson.text("") : MessageJson.thinking(""));
    }

    @Override
    void close() throws IOException {
        if (open == Open.NONE) {
            return;
        }
        if (open == Open.THINKING) {
            delta("signature_delta", "signature", "");
        }
        open = Open.NONE;
        stop();
    }

    private void start(ObjectNode block) throws IOException {
        ObjectNode event = event("content_block_start");
        event.put("index", index).set("content_block", block);
        send(event);
    }

    private void delta(String type, String field, String words) throws IOException {
        ObjectNode event = event("content_block_delta");
        event.put("index", index);
        event.putObject("delta").put("type", type).put(field, words);
        send(event);
    }

    private void stop() throws IOException {
        ObjectNode event = event("content_block_stop");
        event.put("index", index);
        send(event);
        index++;
    }

    private static ObjectNode event(String type) {
        return RunJson.object().put("type", type);
    }

    private void send(ObjectNode event) throws IOException {
        out.send(event.get("type").asString(), event.toString());
    }
}
