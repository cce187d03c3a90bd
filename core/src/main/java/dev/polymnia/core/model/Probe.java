package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A question about the very next word: how probable is each of some words after a prompt? With a
/// prompt that asks a branch whether its answer is true this is P(True) (Kadavath et al. 2022,
/// section 3.1).
///
/// @param prompt all that stands before the word, mostly a branch's own prompt and words with one
///   more message and a beginning; what a model holds of it is not read again
/// @param words one token each, such as `Yes` and `No`; of longer ones the first token counts. A
///   word counts with and without a space before it
/// @param options of these the meter, the cancellation and the priority count; a probe reserves one
///   token of the meter
public record Probe(Prompt prompt, List<String> words, GenerationOptions options) {
    /// Checks and copies the parts.
    public Probe {
        requireNonNull(prompt, "prompt is null");
        requireNonNull(options, "options is null");
        words = List.copyOf(words);
        if (words.isEmpty() || words.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a probe needs words, none of them blank");
        }
    }

    /// What a probe found.
    ///
    /// @param probabilities of each word, in the order of the words, 0 to 1, under the model's own
    ///   distribution; together at most 1 unless words begin with the same token
    /// @param usage what it spent; one token counts as generated
    public record Result(List<Double> probabilities, Usage usage) {
        /// Checks and copies the parts.
        public Result {
            probabilities = List.copyOf(probabilities);
            requireNonNull(usage, "usage is null");
        }

        /// Returns the share of the first word in what the words have together: with `Yes` and `No`
        /// the P(True) that is compared between branches; NaN if none of them has any.
        public double firstShare() {
            double all = probabilities.stream().mapToDouble(Double::doubleValue).sum();
            return probabilities.getFirst() / all;
        }
    }
}
