package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What is known of one sampled token.
///
/// @param id the token's number in the model's vocabulary; -1 if a remote model does not tell it
/// @param text its words; a token that begins or ends inside a code point has replacement
///   characters, one that steers the model has none
/// @param logProbability the natural logarithm of its probability under the model's own
///   distribution (temperature 1, before any truncation, bias or constraint), at most 0; NaN if it
///   was not asked for
/// @param confidence the negative mean log-probability of the k most probable tokens at this place
///   (DeepConf, Fu et al. 2025, section 2: high means sure); NaN if no k was asked for
/// @param alternatives the most probable tokens at this place, the most probable first, as many as
///   were asked for; the sampled one need not be among them
public record TokenDetail(
        int id,
        String text,
        double logProbability,
        double confidence,
        List<Alternative> alternatives) {
    /// Checks and copies the parts.
    public TokenDetail {
        requireNonNull(text, "text is null");
        alternatives = List.copyOf(alternatives);
    }

    /// A token that could have been sampled.
    ///
    /// @param id as in [TokenDetail]
    /// @param text as in [TokenDetail]
    /// @param logProbability as in [TokenDetail]
    public record Alternative(int id, String text, double logProbability) {
        /// Checks the parts.
        public Alternative {
            requireNonNull(text, "text is null");
        }
    }
}
