package dev.polymnia.bench.peers;

import dev.polymnia.core.model.Prompt;

/// One request.
///
/// @param prompt what is read
/// @param tokens to write; a peer that can be told to, writes exactly as many
/// @param seed of the draws, at least 1
/// @param everyToken whether the time of each token is needed, that of one without text included
record Ask(Prompt prompt, int tokens, long seed, boolean everyToken) {
    Ask(Prompt prompt, int tokens, long seed) {
        this(prompt, tokens, seed, false);
    }
}
