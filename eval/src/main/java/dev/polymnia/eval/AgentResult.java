package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Approach;
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
/// @param banked what a branch bank keeps besides; empty in other runs
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
        Usage usage,
        Optional<Banked> banked) {
    /// What a branch bank keeps of a chain, so that votes can be replayed from it.
    ///
    /// @param kind what the chain was asked to write
    /// @param whole whether it came to an end of its own, as [Chain#whole] says
    /// @param text what a person would be shown if it won the vote; what is scored
    /// @param merit how much its vote counts by what its code does, 0 to 1
    /// @param note why a program has no result, or what it did not pass; empty if all is well, and
    ///   for words
    /// @param score how good it is by itself
    public record Banked(
            Approach.Kind kind,
            boolean whole,
            String text,
            double merit,
            String note,
            Score score) {
        /// Checks the parts.
        public Banked {
            requireNonNull(kind, "kind is null");
            requireNonNull(text, "text is null");
            requireNonNull(note, "note is null");
            requireNonNull(score, "score is null");
        }
    }

    /// Checks the parts.
    public AgentResult {
        requireNonNull(reasoning, "reasoning is null");
        requireNonNull(text, "text is null");
        requireNonNull(answer, "answer is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(usage, "usage is null");
        requireNonNull(banked, "banked is null");
    }

    /// Returns this with what a bank keeps.
    public AgentResult withBanked(Banked value) {
        return new AgentResult(
                index,
                wave,
                seed,
                reasoning,
                text,
                answer,
                votes,
                confidence,
                reason,
                usage,
                Optional.of(value));
    }
}
