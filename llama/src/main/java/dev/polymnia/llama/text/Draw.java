package dev.polymnia.llama.text;

import dev.polymnia.core.model.TokenDetail;
import java.util.List;

/// A token that was drawn, and what was asked to be known of it.
///
/// @param token its number in the model's vocabulary
/// @param logProbability the natural logarithm of its probability under the model's own
///   distribution, at most 0; NaN if [dev.polymnia.core.model.Detail#logProbabilities] was not
///   asked for
/// @param confidence as in [TokenDetail]; NaN if it was not asked for
public record Draw(int token, double logProbability, double confidence) {
    /// Returns the same as the part of an event.
    public TokenDetail detail() {
        return new TokenDetail(token, logProbability, confidence, List.of());
    }
}
