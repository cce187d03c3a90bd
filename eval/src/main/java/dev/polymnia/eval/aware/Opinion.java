package dev.polymnia.eval.aware;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.Judgement.Verdict;

/// What a judge says of a text.
///
/// @param verdict whether its writer says or suspects that it is being tested
/// @param words of a yes the words that say so, as the judge quotes them; without a verdict why
///   there is none; of a no empty
/// @param windows how many windows the judge was asked about
/// @param usage the judge's tokens
public record Opinion(Verdict verdict, String words, int windows, Usage usage) {
    /// Checks the parts.
    public Opinion {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(words, "words is null");
        requireNonNull(usage, "usage is null");
    }
}
