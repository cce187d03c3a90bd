package dev.polymnia.bench.peers;

import dev.polymnia.models.Gguf;
import java.util.List;
import java.util.TreeSet;

/// The tokens with which a model can end its answer. Not instantiated.
final class EndTokens {
    // Chat models end with one of these; which of them, only the vocabulary could tell.
    private static final List<String> ROLES =
            List.of("eos", "eot", "eom", "padding", "unknown", "bos");

    private EndTokens() {}

    /// Returns the ids that the header names for an end or another thing that no answer holds.
    static List<Integer> of(Gguf header) {
        TreeSet<Integer> ids = new TreeSet<>();
        for (String role : ROLES) {
            header.integer("tokenizer.ggml." + role + "_token_id")
                    .ifPresent(id -> ids.add((int) id));
        }
        return List.copyOf(ids);
    }
}
