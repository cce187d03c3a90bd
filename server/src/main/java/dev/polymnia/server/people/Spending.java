package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import java.time.Instant;

/// What a run spent, from its start, or from its client's results, to its end or its next calls.
///
/// @param run names it
/// @param model that answered
/// @param usage its tokens
/// @param branches how many of the generated tokens agents spoke in parallel
/// @param money in millionths of the operator's currency
public record Spending(
        String run,
        Spender spender,
        String model,
        Mode mode,
        Instant at,
        Usage usage,
        long branches,
        long money) {
    /// Checks the parts.
    public Spending {
        requireNonNull(run, "run is null");
        requireNonNull(spender, "spender is null");
        requireNonNull(model, "model is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(at, "at is null");
        requireNonNull(usage, "usage is null");
    }
}
