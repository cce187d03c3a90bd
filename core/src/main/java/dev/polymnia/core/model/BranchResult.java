package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.message.Message;

/// How a branch stopped and what it had said by then.
///
/// @param message the assistant's turn so far: reasoning, text and tool calls since the start of
///   the turn, the forced beginning included
/// @param reason why it stopped
/// @param usage what the latest start or continuation spent
/// @param meanLogProbability the mean natural logarithm of the probabilities of the tokens it
///   chose, at most 0; NaN if the request did not ask for log-probabilities or no token came
public record BranchResult(
        Message message, StopReason reason, Usage usage, double meanLogProbability) {
    /// Checks the parts.
    public BranchResult {
        requireNonNull(message, "message is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(usage, "usage is null");
    }
}
