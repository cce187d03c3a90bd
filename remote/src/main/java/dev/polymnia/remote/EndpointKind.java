package dev.polymnia.remote;

import java.util.Locale;

/// What answers at an endpoint, as far as it lets itself be known by `owned_by` in its list of
/// models.
///
/// @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat Completions</a>
enum EndpointKind {
    /// llama.cpp's server: continues a last assistant message, takes every field we know.
    LLAMA_CPP(true, true, true),
    /// vLLM: continues a last assistant message when told to.
    VLLM(true, true, true),
    /// SGLang.
    SGLANG(true, true, false),
    /// Ollama: one answer a call, whatever `n` says.
    OLLAMA(false, false, false),
    /// Whatever else. It is sent only what the specification has.
    OTHER(true, false, false);

    private final boolean together;
    private final boolean local;
    private final boolean continues;

    EndpointKind(boolean together, boolean local, boolean continues) {
        this.together = together;
        this.local = local;
        this.continues = continues;
    }

    static EndpointKind of(String owner) {
        return switch (owner.toLowerCase(Locale.ROOT)) {
            case "llamacpp" -> LLAMA_CPP;
            case "vllm" -> VLLM;
            case "sglang" -> SGLANG;
            case "library" -> OLLAMA;
            default -> OTHER;
        };
    }

    /// Returns whether it is known not to heed `n`, or may.
    boolean mayAnswerTogether() {
        return together;
    }

    /// Returns whether it takes `chat_template_kwargs` and the samplers that the specification does
    /// not have.
    boolean takesExtensions() {
        return local;
    }

    /// Returns whether it continues an assistant message at the end of the prompt.
    boolean continuesAnswers() {
        return continues;
    }
}
