package dev.polymnia.eval.log;

import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import tools.jackson.databind.node.ObjectNode;

/// Makes `ModelOutput`s: what a model said, why it stopped, and what that cost.
final class Outputs {
    private Outputs() {}

    /// Returns the output of one message.
    ///
    /// @param message the message as [ChatMessages#answer] makes it
    /// @param text its text
    /// @param stop one of Inspect's words
    static ObjectNode of(String model, ObjectNode message, String text, String stop, Usage usage) {
        ObjectNode node = Parts.object().put("model", model);
        node.putArray("choices").addObject().put("stop_reason", stop).set("message", message);
        node.put("completion", text);
        return node.set("usage", Parts.usage(usage));
    }

    /// Returns the output of a sample that has no answer.
    static ObjectNode none(String model, Usage usage) {
        ObjectNode node = Parts.object().put("model", model);
        node.putArray("choices");
        node.put("completion", "");
        return node.set("usage", Parts.usage(usage));
    }

    /// Returns Inspect's word for a reason; it has none for most that lie outside of the model.
    static String word(StopReason reason) {
        return switch (reason) {
            case END, STOP_STRING -> "stop";
            case TOOL_CALL -> "tool_calls";
            case LENGTH, BUDGET_TOKENS -> "max_tokens";
            case STOP_HOOK, BUDGET_TIME, CANCELLED, FAILED -> "unknown";
        };
    }

    /// Returns the reason that a word of Inspect's stands for. What it does not know, or filtered,
    /// is not cut off by any limit of ours.
    static StopReason reason(String word) {
        return switch (word) {
            case "max_tokens", "model_length", "length" -> StopReason.LENGTH;
            case "tool_calls" -> StopReason.TOOL_CALL;
            default -> StopReason.END;
        };
    }
}
