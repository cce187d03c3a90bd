package dev.polymnia.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.openai.core.ObjectMappers;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.ToolChoice;
import java.util.List;

/// Whether an answer is what the endpoint was told to give. Many endpoints pass over the fields
/// that they do not know, and some over a schema or a forced call when the model's template has no
/// place for it; whoever asked for it relies on it.
final class Heeding {
    private static final ObjectReader JSON =
            ObjectMappers.jsonMapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Heeding() {}

    /// Checks an answer.
    ///
    /// @param reason why it ended; what was cut off is not checked
    /// @param text its words
    /// @param calls what it calls
    /// @throws Fault with `UNSUPPORTED` if a call was forced and not made, or a schema was to be
    ///   fulfilled by what is no JSON
    static void check(
            GenerationOptions options,
            StopReason reason,
            String text,
            List<Content.ToolCall> calls,
            Faults faults) {
        if (reason != StopReason.END && reason != StopReason.TOOL_CALL) {
            return;
        }
        if (ToolChoice.demandsCall(options.toolChoice()) && calls.isEmpty()) {
            throw faults.unheeded("was told to call a tool and did not");
        }
        if (options.toolChoice() instanceof ToolChoice.Named(String tool)
                && !calls.stream().allMatch(call -> call.name().equals(tool))) {
            throw faults.unheeded(
                    "was told to call the tool '" + tool + "' and called another one");
        }
        if (options.constraint() instanceof Constraint.JsonSchema
                && reason == StopReason.END
                && !isJson(text)) {
            throw faults.unheeded("was told a JSON Schema and answered with what is no JSON");
        }
    }

    private static boolean isJson(String text) {
        try {
            return !text.isBlank() && !JSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
