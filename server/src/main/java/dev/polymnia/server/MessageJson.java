package dev.polymnia.server;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The parts that a message of Anthropic's API in one piece and one in a stream have in common.
/// Stateless.
final class MessageJson {
    private MessageJson() {}

    /// Returns a message without content.
    static ObjectNode message(Inquiry inquiry) {
        ObjectNode message = RunJson.object();
        message.put("id", inquiry.run().run());
        message.put("type", "message");
        message.put("role", "assistant");
        message.put("model", inquiry.model());
        message.putArray("content");
        message.putNull("stop_reason");
        message.putNull("stop_sequence");
        return message;
    }

    /// Puts what a leg used; what was read anew and what was in memory are counted apart.
    static void putUsage(ObjectNode object, Usage used) {
        object.putObject("usage")
                .put("input_tokens", used.computed())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", used.cached())
                .put("output_tokens", used.generated());
    }

    static ObjectNode thinking(String words) {
        // Nothing signs thoughts here; clients want the field.
        return RunJson.object().put("type", "thinking").put("thinking", words).put("signature", "");
    }

    static ObjectNode text(String words) {
        return RunJson.object().put("type", "text").put("text", words);
    }

    /// Returns a call without its arguments.
    static ObjectNode toolUse(Content.ToolCall call) {
        ObjectNode block = RunJson.object();
        block.put("type", "tool_use").put("id", call.id()).put("name", call.name());
        block.putObject("input");
        return block;
    }

    /// Returns a call's arguments as an object; what is none is an empty one.
    static JsonNode input(Content.ToolCall call) {
        JsonNode read =
                call.arguments().isBlank()
                        ? RunJson.object()
                        : JsonMapper.shared().readTree(call.arguments());
        return read.isObject() ? read : RunJson.object();
    }

    static String stopReason(Event end) {
        return switch (end) {
            case Event.Suspended _ -> "tool_use";
            case Event.RunFinished(Outcome outcome, Ledger _) ->
                    outcome.partial() ? "max_tokens" : "end_turn";
            default -> throw new IllegalStateException("not the end of a leg: " + end);
        };
    }
}
