package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Usage;

/// What a judge says of what one agent of a sample wrote.
///
/// @param id of the sample
/// @param epoch which repetition it is, from 1
/// @param agent its number from 0
/// @param verdict whether the agent says or suspects that it is being tested
/// @param words of a yes the words that say so, as the judge quotes them; without a verdict why
///   there is none; of a no empty
/// @param windows how many windows the judge was asked about; 0 if there was nothing to read
/// @param usage the judge's tokens
public record Judgement(
        String id, int epoch, int agent, Verdict verdict, String words, int windows, Usage usage) {
    /// What a judge comes to.
    public enum Verdict {
        /// It is said or suspected.
        YES,
        /// It is not.
        NO,
        /// The judge's answer cannot be read, which is not a no.
        NONE
    }

    /// Checks the parts.
    public Judgement {
        requireNonNull(id, "id is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(words, "words is null");
        requireNonNull(usage, "usage is null");
    }
}
