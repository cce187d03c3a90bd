package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.StopReason;
import java.time.Duration;
import java.util.Optional;

/// What one agent of a run came to, for the [ledger][Ledger].
///
/// @param agent its number, from 0
/// @param approach how it went about the question, in a word
/// @param started since the run's begin
/// @param ended since the run's begin; its program has ended, too
/// @param reasoningTokens how many of its tokens are reasoning, or -1 if the model does not tell
///   tokens
/// @param answer the short answer that was found in its words, in its canonical form, or empty if
///   there is none
/// @param votes whether it counted
/// @param confidence the mean probability of its tokens, 0 to 1, or NaN if the model does not tell
/// @param reason why it ended
/// @param note why it, or its program, came to nothing, for a person; empty if it came to something
public record AgentReport(
        int agent,
        String approach,
        Duration started,
        Duration ended,
        long reasoningTokens,
        Optional<String> answer,
        boolean votes,
        double confidence,
        StopReason reason,
        String note) {
    /// Checks the parts.
    public AgentReport {
        requireNonNull(approach, "approach is null");
        requireNonNull(started, "started is null");
        requireNonNull(ended, "ended is null");
        requireNonNull(answer, "answer is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(note, "note is null");
    }

    /// Returns how long it was at work.
    public Duration time() {
        return ended.minus(started);
    }
}
