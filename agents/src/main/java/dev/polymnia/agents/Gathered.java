package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.run.Outcome;
import java.util.List;

/// Chains that were sampled side by side.
///
/// @param outcome what a plain vote of all of them comes to
/// @param chains all of them, in the order of their numbers
public record Gathered(Outcome outcome, List<Chain> chains) {
    /// Checks and copies the parts.
    public Gathered {
        requireNonNull(outcome, "outcome is null");
        chains = List.copyOf(chains);
    }
}
