package dev.polymnia.models.toolcall;

/// How a chat template writes calls.
///
/// @param before stands before the first call
/// @param call one call, with `${name}`, `${arguments}` and perhaps `${id}`
/// @param between stands between two calls
/// @param after stands after the last call
record CallShape(String before, String call, String between, String after) {
    static CallShape of(ToolCallFormat format, boolean parallel) {
        return switch (format) {
            case HERMES ->
                    calls(
                            """
                            <tool_call>
                            {"name": "${name}", "arguments": ${arguments}}
                            </tool_call>\
                            """,
                            "\n");
            case FUNCTION_TAGS ->
                    calls(
                            """
                            <tool_call>
                            <function=${name}>
                            ${arguments}</function>
                            </tool_call>\
                            """,
                            "\n");
            case LLAMA -> calls("{\"name\": \"${name}\", \"parameters\": ${arguments}}", "; ");
            case JSON -> {
                String call = "{\"name\": \"${name}\", \"parameters\": ${arguments}}";
                yield parallel ? new CallShape("[", call, ", ", "]") : calls(call, "");
            }
            case MISTRAL ->
                    new CallShape(
                            MistralHead.CALLS + "[",
                            "{\"name\": \"${name}\", \"arguments\": ${arguments},"
                                    + " \"id\": \"${id}\"}",
                            ", ",
                            "]");
            case MISTRAL_NAMED -> calls("[TOOL_CALLS]${name}[ARGS]${arguments}", "");
            case MISTRAL_NUMBERED ->
                    calls("[TOOL_CALLS]${name}[CALL_ID]${id}[ARGS]${arguments}", "");
            case DEEPSEEK ->
                    deepSeek(
                            DeepSeekHead.CALL
                                    + "function"
                                    + DeepSeekHead.SEPARATOR
                                    + "${name}\n```json\n${arguments}\n```"
                                    + DeepSeekHead.CALL_END,
                            "\n");
            case DEEPSEEK_PLAIN ->
                    deepSeek(
                            DeepSeekHead.CALL
                                    + "${name}"
                                    + DeepSeekHead.SEPARATOR
                                    + "${arguments}"
                                    + DeepSeekHead.CALL_END,
                            "");
            case ATEM ->
                    calls(
                            " to=${name}<|message|>"
                                    + """
                                    <atem:function_calls>
                                    <atem:invoke name="${name}">
                                    ${arguments}</atem:invoke>
                                    </atem:function_calls>\
                                    """,
                            "<|eom|><|start|>assistant");
        };
    }

    private static CallShape calls(String call, String between) {
        return new CallShape("", call, between, "");
    }

    private static CallShape deepSeek(String call, String between) {
        return new CallShape(DeepSeekHead.CALLS, call, between, DeepSeekHead.CALLS_END);
    }
}
