package dev.polymnia.remote;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts tool calls together that come in pieces, several at once. Not thread-safe.
final class CallAssembly {
    private final SortedMap<Integer, Growing> calls = new TreeMap<>();

    private static final class Growing {
        private final StringBuilder id = new StringBuilder();
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();
    }

    void add(Chunk.CallPart part) {
        Growing call = calls.computeIfAbsent(part.index(), index -> new Growing());
        // Some endpoints repeat the id and the name in each piece.
        setOnce(call.id, part.id());
        setOnce(call.name, part.name());
        call.arguments.append(part.arguments());
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /// Returns the calls, in the order of their numbers.
    ///
    /// @throws Fault with `CORRUPT` if one has no name
    List<Content.ToolCall> finish() {
        return calls.entrySet().stream().map(each -> call(each.getKey(), each.getValue())).toList();
    }

    private static Content.ToolCall call(int index, Growing call) {
        if (call.name.toString().isBlank()) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The endpoint sent a tool call without a name; its chat template for tools does"
                            + " not fit the model.");
        }
        String id = call.id.toString().isBlank() ? "call-" + index : call.id.toString();
        return new Content.ToolCall(id, call.name.toString(), call.arguments.toString());
    }

    private static void setOnce(StringBuilder text, String value) {
        if (text.isEmpty()) {
            text.append(value);
        }
    }
}
