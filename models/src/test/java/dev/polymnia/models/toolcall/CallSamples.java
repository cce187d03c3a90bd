package dev.polymnia.models.toolcall;

/// One call in each format.
final class CallSamples {
    private CallSamples() {}

    /// Returns a call with one argument, `code`.
    ///
    /// @param code without quotes and backslashes
    static String of(ToolCallFormat format, String name, String code) {
        CallShape shape = CallShape.of(format, false);
        String arguments =
                switch (format) {
                    case FUNCTION_TAGS -> "<parameter=code>\n" + code + "\n</parameter>\n";
                    case ATEM -> "<atem:parameter name=\"code\">" + code + "</atem:parameter>\n";
                    case HERMES,
                            LLAMA,
                            MISTRAL,
                            MISTRAL_NAMED,
                            MISTRAL_NUMBERED,
                            DEEPSEEK,
                            DEEPSEEK_PLAIN,
                            JSON ->
                            "{\"code\": \"" + code + "\"}";
                };
        String call =
                shape.call()
                        .replace("${name}", name)
                        .replace("${id}", "a1B2c3D4e")
                        .replace("${arguments}", arguments);
        return shape.before() + call + shape.after();
    }
}
