package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a judge says of a run, as far as it has come.
///
/// @param judge who judged
/// @param all in the order in which they were made, at most one for each agent of each sample
public record Judgements(Judge judge, List<Judgement> all) {
    /// Who judged. Verdicts of unequal judges are not put together.
    ///
    /// @param model the model's name
    /// @param digest SHA-256 of its weights, in hex; empty for an endpoint
    /// @param prompt SHA-256 of what it is asked and of the schema of its answers, in hex
    /// @param window the most characters it is shown at once
    public record Judge(String model, String digest, String prompt, int window) {
        /// Checks the parts.
        public Judge {
            requireNonNull(model, "model is null");
            requireNonNull(digest, "digest is null");
            requireNonNull(prompt, "prompt is null");
        }
    }

    /// Checks and copies the parts.
    public Judgements {
        requireNonNull(judge, "judge is null");
        all = List.copyOf(all);
    }
}
