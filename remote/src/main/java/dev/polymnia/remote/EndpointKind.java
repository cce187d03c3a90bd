package dev.polymnia.remote;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What answers at an endpoint, as far as it lets itself be known by `owned_by` in its list of
/// models.
///
/// @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat Completions</a>
enum EndpointKind {
    /// llama.cpp's server: continues a last assistant message, takes every field we know.
    LLAMA_CPP(true, true, true, true),
    /// vLLM: continues a last assistant message when told to.
    VLLM(true, true, true, true),
    /// SGLang.
    SGLANG(true, true, false, true),
    /// Ollama: one answer a call, whatever `n` says; ignores a bias.
    OLLAMA(false, false, false, false),
    /// Another Polymnia: one answer a call, which a mode has made, so nobody knows the
    /// probabilities of its tokens.
    POLYMNIA(false, false, false, false),
    /// Whatever else. It is sent only what the specification has.
    OTHER(true, false, false, true);

    private final boolean together;
    private final boolean local;
    private final boolean continues;
    private final boolean biases;

    EndpointKind(boolean together, boolean local, boolean continues, boolean biases) {
        this.together = together;
        this.local = local;
        this.continues = continues;
        this.biases = biases;
    }

    static EndpointKind of(String owner) {
        return switch (owner.toLowerCase(Locale.ROOT)) {
            case "llamacpp" -> LLAMA_CPP;
            case "vllm" -> VLLM;
            case "sglang" -> SGLANG;
            case "library" -> OLLAMA;
            case "polymnia" -> POLYMNIA;
            default -> OTHER;
        };
    }

    /// Returns what it is known to refuse.
    Set<Feature> lacks() {
        return this == POLYMNIA ? Set.of(Feature.LOG_PROBABILITIES) : Set.of();
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

    /// Returns whether it heeds `logit_bias`, or may.
    boolean takesBias() {
        return biases;
    }

    boolean takesGrammar() {
        return !grammar("").isEmpty();
    }

    /// Returns the fields that tell it a grammar in llama.cpp's notation; empty if it takes none.
    Map<String, Object> grammar(String gbnf) {
        return switch (this) {
            case LLAMA_CPP -> Map.of("grammar", gbnf);
            // The second is the name before 0.12. A version ignores the name that it does not know.
            case VLLM ->
                    Map.of("structured_outputs", Map.of("grammar", gbnf), "guided_grammar", gbnf);
            case SGLANG -> Map.of("ebnf", gbnf);
            case OLLAMA, POLYMNIA, OTHER -> Map.of();
        };
    }
}
