package dev.polymnia.llama.text;

import java.util.List;

/// A token that was drawn, and what was asked to be known of it.
///
/// @param token its number in the model's vocabulary
/// @param logProbability the natural logarithm of its probability under the model's own
///   distribution, at most 0; NaN if [dev.polymnia.core.model.Detail#logProbabilities] was not
///   asked for
/// @param confidence as in [dev.polymnia.core.model.TokenDetail]; NaN if it was not asked for
/// @param alternatives the most probable tokens, the most probable first; empty if not asked for
public record Draw(
        int token, double logProbability, double confidence, List<Alternative> alternatives) {
    /// Copies the parts.
    public Draw {
        alternatives = List.copyOf(alternatives);
    }

    /// A token that could have been drawn.
    ///
    /// @param token its number
    /// @param logProbability as in [Draw]
    public record Alternative(int token, double logProbability) {}
}
