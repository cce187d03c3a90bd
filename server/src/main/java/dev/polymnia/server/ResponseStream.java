package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A response of OpenAI's Responses API in pieces: items one after the other, each begun, told and
/// ended; then the whole response. The run's events travel in events of the type `polymnia.event`.
final class ResponseStream extends BlockStream {
    private final ResponsesRequest request;
    private final String id;
    private final Leg leg;
    private final ServerSentEvents out;
    private final long created = Instant.now().getEpochSecond();
    private final Consumer<ObjectNode> done;
    private final ArrayNode output = RunJson.object().putArray("output");
    private final StringBuilder told = new StringBuilder();
    private Open open = Open.NONE;
    private long sequence;

    /// The item that is being told.
    private enum Open {
        NONE,
        REASONING,
        MESSAGE
    }

    /// @param done takes the whole response before its client knows that it is there
    ResponseStream(
            ResponsesRequest request, Leg leg, ServerSentEvents out, Consumer<ObjectNode> done) {
        super(leg, request.inquiry().events());
        this.request = request;
        this.leg = leg;
        this.out = out;
        this.done = done;
        id = request.id();
    }

    @Override
    public void begin() throws IOException {
        for (String type : new String[] {"response.created", "response.in_progress"}) {
            ObjectNode event = event(type);
            event.set("response", request.response("in_progress", created));
            send(event);
        }
    }

    @Override
    void think(String words) throws IOException {
        open(Open.REASONING);
        tell("response.reasoning_summary_text.delta", words);
    }

    @Override
    void say(String words) throws IOException {
        open(Open.MESSAGE);
        tell("response.output_text.delta", words);
    }

    @Override
    void pass(RunEvent event) throws IOException {
        ObjectNode own = event("polymnia.event");
        own.set("polymnia", RunJson.of(event));
        send(own);
    }

    @Override
    void tell(Content.ToolCall call) throws IOException {
        ObjectNode begun = ResponseJson.call(call, "in_progress").put("arguments", "");
        item("response.output_item.added", begun);
        for (String type : new String[] {"delta", "done"}) {
            ObjectNode event = event("response.function_call_arguments." + type);
            event.set("item_id", begun.get("id"));
            event.put("output_index", output.size());
            event.put(type.equals("delta") ? "delta" : "arguments", call.arguments());
            event.put("name", call.name());
            send(event);
        }
        ObjectNode whole = ResponseJson.call(call, "completed");
        item("response.output_item.done", whole);
        output.add(whole);
    }

    @Override
    void end(Event end) throws IOException {
        ObjectNode response = request.response("completed", created);
        response.set("output", output);
        ResponseJson.end(response, leg, end);
        RunJson.put(response, leg, end);
        done.accept(response);
        ObjectNode event = event("response." + response.get("status").asString());
        event.set("response", response);
        send(event);
    }

    @Override
    public void fail(Fault fault) throws IOException {
        ObjectNode response = request.response("failed", created);
        response.set("output", output);
        ResponseJson.failed(response, ApiError.of(fault));
        ObjectNode event = event("response.failed");
        event.set("response", response);
        send(event);
    }

    private void open(Open item) throws IOException {
        if (open == item) {
            return;
        }
        close();
        open = item;
        told.setLength(0);
        item("response.output_item.added", item("in_progress", false));
        part("added", "");
    }

    @Override
    void close() throws IOException {
        if (open == Open.NONE) {
            return;
        }
        ObjectNode done =
                part(
                        open == Open.MESSAGE
                                ? "response.output_text.done"
                                : "response.reasoning_summary_text.done");
        send(done.put("text", told.toString()));
        part("done", told.toString());
        ObjectNode whole = item("completed", true);
        item("response.output_item.done", whole);
        output.add(whole);
        open = Open.NONE;
    }

    /// Returns the item that is being told.
    ///
    /// @param whole whether with its words
    private ObjectNode item(String status, boolean whole) {
        if (open == Open.REASONING) {
            return ResponseJson.reasoning(itemId(), whole ? told.toString() : "");
        }
        ObjectNode message = ResponseJson.message(itemId(), status);
        if (whole) {
            ((ArrayNode) message.get("content")).add(ResponseJson.text(told.toString()));
        }
        return message;
    }

    private void item(String type, ObjectNode item) throws IOException {
        ObjectNode event = event(type);
        event.put("output_index", output.size());
        event.set("item", item);
        send(event);
    }

    /// Tells that the only part of an item begins or ends.
    private void part(String what, String words) throws IOException {
        boolean message = open == Open.MESSAGE;
        ObjectNode event =
                part(
                        message
                                ? "response.content_part." + what
                                : "response.reasoning_summary_part." + what);
        event.set("part", message ? ResponseJson.text(words) : ResponseJson.summary(words));
        send(event);
    }

    private void tell(String type, String words) throws IOException {
        told.append(words);
        send(part(type).put("delta", words));
    }

    private ObjectNode part(String type) {
        boolean message = open == Open.MESSAGE;
        ObjectNode event = event(type);
        event.put("item_id", itemId());
        event.put("output_index", output.size());
        event.put(message ? "content_index" : "summary_index", 0);
        if (type.startsWith("response.output_text")) {
            event.putArray("logprobs");
        }
        return event;
    }

    private String itemId() {
        return ResponseJson.id(open == Open.MESSAGE ? "msg" : "rs", id, output.size());
    }

    private ObjectNode event(String type) {
        return RunJson.object().put("type", type).put("sequence_number", sequence++);
    }

    private void send(ObjectNode event) throws IOException {
        out.send(event.get("type").asString(), event.toString());
    }
}
