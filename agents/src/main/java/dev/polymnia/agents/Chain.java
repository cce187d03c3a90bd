package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Approach;
import java.util.Optional;

/// One chain of thought that has ended, as a [vote][Poll] sees it. Immutable.
///
/// @param number its place among the chains of a run
/// @param kind what it was asked to write
/// @param text the words for a person: its answer, or what its program came to; may be empty
/// @param answer the short answer in its canonical form; empty if it has none
/// @param whole whether it came to an end of its own: it was not cut off, did not fail and does not
///   go round in circles; a program came to a result
/// @param confidence the mean probability of its tokens, 0 to 1, or NaN if the model does not tell
/// @param length how many tokens were generated
/// @param merit how much its vote counts by what its code does, 0 to 1; 1 if nothing was run
/// @param note why it, or its program, came to nothing, or what its code did not pass, for a
///   person; empty if all is well
public record Chain(
        int number,
        Approach.Kind kind,
        String text,
        Optional<String> answer,
        boolean whole,
        double confidence,
        long length,
        double merit,
        String note) {
    /// Checks the parts.
    public Chain {
        requireNonNull(kind, "kind is null");
        requireNonNull(text, "text is null");
        requireNonNull(answer, "answer is null");
        requireNonNull(note, "note is null");
    }

    /// Returns whether its answer counts.
    public boolean votes() {
        return whole && answer.isPresent();
    }

    /// Returns this chain at another place.
    public Chain withNumber(int value) {
        return new Chain(value, kind, text, answer, whole, confidence, length, merit, note);
    }
}
