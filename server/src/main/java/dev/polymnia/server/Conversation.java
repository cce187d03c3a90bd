package dev.polymnia.server;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A conversation as a client tells it, turn by turn: results are told to which calls they belong,
/// and those of one turn become one message. Confined to one thread.
final class Conversation {
    /// The most turns of a conversation.
    private static final int MOST = 10_000;

    private final List<Message> messages = new ArrayList<>();

    /// The tool of each call.
    private final Map<String, String> tools = new LinkedHashMap<>();

    /// The calls of the latest turn that have no result yet.
    private final Set<String> open = new LinkedHashSet<>();

    private final List<Content> results = new ArrayList<>();

    /// Returns the turns of a field that a conversation has to have.
    static List<Fields> turns(Fields fields, String field) {
        List<Fields> turns = fields.objects(field);
        if (turns.isEmpty() || turns.size() > MOST) {
            throw ApiError.field(
                    field,
                    "'%s' has %d messages; send 1 to %d.".formatted(field, turns.size(), MOST));
        }
        return turns;
    }

    /// Adds what somebody said.
    ///
    /// @param path of the turn in the request, for errors
    void add(String path, Message message) {
        requireResults(path);
        flush();
        for (Content part : message.parts()) {
            if (part instanceof Content.ToolCall call) {
                if (tools.put(call.id(), call.name()) != null) {
                    throw ApiError.field(
                            path,
                            "Two calls have the id '%s'; send each once.".formatted(call.id()));
                }
                open.add(call.id());
            }
        }
        messages.add(message);
    }

    /// Adds the result of a call.
    ///
    /// @param path of the call's id in the request, for errors
    void add(String path, String callId, List<Content> parts, boolean failed) {
        String tool = tools.get(callId);
        if (tool == null || !open.remove(callId)) {
            throw ApiError.field(
                    path,
                    tool == null
                            ? "There is no call '%s' before this result; send the assistant's turn that made it."
                                    .formatted(callId)
                            : "The call '%s' is not of the turn before, or has a result already; send one result of each call, right after it."
                                    .formatted(callId));
        }
        results.add(new Content.ToolResult(callId, tool, parts, failed));
    }

    /// Adds a message of a conversation that was read before.
    void addAll(String path, Message message) {
        if (message.role() != Role.TOOL) {
            add(path, message);
            return;
        }
        for (Content part : message.parts()) {
            if (part instanceof Content.ToolResult result) {
                add(path, result.callId(), result.parts(), result.failed());
            }
        }
    }

    /// Returns the messages.
    ///
    /// @param path of the conversation in the request, for errors
    List<Message> messages(String path) {
        requireResults(path);
        flush();
        return List.copyOf(messages);
    }

    private void requireResults(String path) {
        if (!open.isEmpty()) {
            throw ApiError.field(
                    path,
                    "The call '%s' has no result; send one for each call right after the turn that made it."
                            .formatted(open.iterator().next()));
        }
    }

    private void flush() {
        if (!results.isEmpty()) {
            messages.add(new Message(Role.TOOL, results));
            results.clear();
        }
    }
}
