package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// What a run answers.
///
/// @param text the answer in full, for a person
/// @param answer the short answer that was found in it, in its canonical form, or empty for free
///   text
/// @param partial whether this is only the best answer so far: the budget ended the run, or every
///   chain was cut off at the most tokens of one agent
public record Outcome(String text, Optional<String> answer, boolean partial) {
    /// Checks the parts.
    public Outcome {
        requireNonNull(text, "text is null");
        requireNonNull(answer, "answer is null");
    }
}
