package dev.polymnia.models.toolcall;

import dev.polymnia.core.message.ToolSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a family of models writes tool calls. A [ToolCallReader] reads all that a family is known to
/// write; [#grammar] allows the one form that its chat template shows.
public enum ToolCallFormat {
    /// Qwen 2.5 and 3, Hermes and others: `<tool_call>`, a JSON object with `name` and `arguments`,
    /// `</tool_call>`.
    HERMES,
    /// Qwen3-Coder, Qwen 3.5 and others:
    /// `<tool_call><function=NAME><parameter=NAME>…</parameter></function></tool_call>`.
    FUNCTION_TAGS,
    /// Llama 3: bare JSON objects with `name` and `parameters`, sometimes after `<|python_tag|>`.
    LLAMA,
    /// Mistral until 2024: `[TOOL_CALLS]` and a list of objects with `name`, `arguments` and `id`.
    MISTRAL,
    /// Mistral from 2025 on: `[TOOL_CALLS]NAME[ARGS]{…}`.
    MISTRAL_NAMED,
    /// Mistral Small 3.2: `[TOOL_CALLS]NAME[CALL_ID]ID[ARGS]{…}`.
    MISTRAL_NUMBERED,
    /// DeepSeek V3 and R1: tagged calls with the arguments in a fenced block of JSON.
    DEEPSEEK,
    /// DeepSeek V3.1: tagged calls, `NAME<｜tool▁sep｜>{…}`.
    DEEPSEEK_PLAIN,
    /// Gemma until 3, and any model that was only told in words how to call: bare or fenced JSON,
    /// an object or a list of objects with `name` and `parameters`.
    JSON,
    /// Muse Glimmer: blocks of `<atem:invoke name="NAME">`, each in a message of its own that is
    /// addressed to the tool.
    ATEM;

    /// Returns the format that a chat template writes.
    ///
    /// @param chatTemplate the template's source
    /// @return empty if the template knows no tools, or writes calls as no format here
    public static Optional<ToolCallFormat> of(String chatTemplate) {
        return Detection.of(chatTemplate);
    }

    /// Returns the texts that are, or may be, special tokens of the model, and that a reader must
    /// see in the text. Those that only some models of the family have as tokens are among them.
    public List<String> markers() {
        return switch (this) {
            case HERMES, FUNCTION_TAGS ->
                    List.of(Tags.FUNCTION.wrapperOpen(), Tags.FUNCTION.wrapperClose());
            case LLAMA -> List.of(BareBlock.TAG);
            case MISTRAL, MISTRAL_NAMED, MISTRAL_NUMBERED ->
                    List.of(MistralHead.CALLS, MistralHead.ARGUMENTS, MistralHead.ID);
            case DEEPSEEK, DEEPSEEK_PLAIN ->
                    List.of(
                            DeepSeekHead.CALLS,
                            DeepSeekHead.CALL,
                            DeepSeekHead.SEPARATOR,
                            DeepSeekHead.CALL_END,
                            DeepSeekHead.CALLS_END);
            case JSON -> List.of();
            case ATEM ->
                    List.of(
                            "<|start|>",
                            "<|message|>",
                            "<|eom|>",
                            "<atem:function_calls>",
                            "<atem:invoke",
                            "<atem:parameter",
                            "</atem:parameter>",
                            "</atem:invoke>",
                            "</atem:function_calls>");
        };
    }

    /// Returns an id that the templates of the family accept: Mistral's refuse any but nine letters
    /// and digits.
    ///
    /// @param number from 0 to 99999; the same number gives the same id
    public String id(int number) {
        return switch (this) {
            case MISTRAL, MISTRAL_NAMED, MISTRAL_NUMBERED ->
                    String.format(Locale.ROOT, "call%05d", number);
            case HERMES, FUNCTION_TAGS, LLAMA, DEEPSEEK, DEEPSEEK_PLAIN, JSON, ATEM ->
                    "call_" + number;
        };
    }

    /// Returns a grammar in GBNF, the notation of llama.cpp, whose `root` is exactly one call, or
    /// one or more, and nothing else: no words and no thoughts before it. It begins where the
    /// template's beginning of the assistant's turn ends. Its own rules are called `root` and
    /// `tool-…`.
    ///
    /// @param tools which may be called; at least one
    /// @param rules makes the rules for the arguments
    /// @param parallel whether several calls may follow each other
    /// @throws IllegalArgumentException if there is no tool, or if the rules for the arguments
    ///   contradict each other
    /// @throws dev.polymnia.core.Fault `INVALID` if the parameters of a tool are not a JSON object
    public String grammar(List<ToolSpec> tools, SchemaRules rules, boolean parallel) {
        return new CallGrammar(this, tools, rules).text(parallel);
    }
}
