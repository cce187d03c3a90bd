package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import java.util.Optional;

/// What one agent of a sample did.
///
/// @param index its number from 0
/// @param wave the number of its wave, from 1
/// @param seed its own seed
/// @param reasoning the words of its reasoning channel; empty if the model has none
/// @param text its answer in full
/// @param answer the short answer that was found in its words, in its canonical form
/// @param votes whether it counted in the vote
/// @param confidence the mean probability of its tokens, 0 to 1, or NaN if the model does not tell
/// @param reason why it stopped
/// @param usage its tokens
public record AgentResult(
        int index,
        int wave,
        long seed,
        String reasoning,
        String text,
        Optional<String> answer,
        boolean votes,
        double confidence,
        StopReason reason,
        Usage usage) {
    /// Checks the parts.
    public AgentResult {
        requireNonNull(reasoning, "reasoning is null");
        requireNonNull(text, "text is null");
        requireNonNull(answer, "answer is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(usage, "usage is null");
    }
}
