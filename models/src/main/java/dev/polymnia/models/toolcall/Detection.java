package dev.polymnia.models.toolcall;

import java.util.Arrays;
import java.util.Optional;

/// Tells a format from the source of a chat template: by the markers that it writes before calls,
/// and by what it writes after them, because `<tool_call>` alone begins half a dozen formats.
final class Detection {
    private Detection() {}

    static Optional<ToolCallFormat> of(String template) {
        if (template.contains(Tags.ATEM.wrapperOpen())) {
            return Optional.of(ToolCallFormat.ATEM);
        }
        if (template.contains(DeepSeekHead.CALL)) {
            return Optional.of(
                    template.contains("```json")
                            ? ToolCallFormat.DEEPSEEK
                            : ToolCallFormat.DEEPSEEK_PLAIN);
        }
        if (template.contains(MistralHead.CALLS)) {
            return Optional.of(mistral(template));
        }
        if (template.contains(Tags.FUNCTION.wrapperOpen())) {
            return tagged(template);
        }
        if (template.contains("<|start_header_id|>")
                && containsAny(template, "\"parameters\": dictionary", BareBlock.TAG)
                && !template.contains(Tags.FUNCTION.callOpen())) {
            return Optional.of(ToolCallFormat.LLAMA);
        }
        boolean gemma =
                template.contains("<start_of_turn>") && !template.contains("<start_function_call>");
        return gemma ? Optional.of(ToolCallFormat.JSON) : Optional.empty();
    }

    private static ToolCallFormat mistral(String template) {
        if (template.contains(MistralHead.ID)) {
            return ToolCallFormat.MISTRAL_NUMBERED;
        }
        return template.contains(MistralHead.ARGUMENTS)
                ? ToolCallFormat.MISTRAL_NAMED
                : ToolCallFormat.MISTRAL;
    }

    private static Optional<ToolCallFormat> tagged(String template) {
        if (template.contains(Tags.FUNCTION.callOpen())
                && template.contains(Tags.FUNCTION.parameterOpen())) {
            return Optional.of(ToolCallFormat.FUNCTION_TAGS);
        }
        // The quotes stand in a string of the template, so they may be escaped.
        String plain = template.replace("\\\"", "\"");
        boolean hermes =
                containsAny(plain, "\"name\":", "'name':")
                        && containsAny(plain, "\"arguments\":", "'arguments':")
                        && !containsAny(plain, "<arg_key>", "<tool_calls>");
        return hermes ? Optional.of(ToolCallFormat.HERMES) : Optional.empty();
    }

    private static boolean containsAny(String text, String... parts) {
        return Arrays.stream(parts).anyMatch(text::contains);
    }
}
