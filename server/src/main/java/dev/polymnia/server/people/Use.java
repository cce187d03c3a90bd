package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import java.time.Instant;

/// What runs of one kind spent together in a quarter of an hour, the shortest time with which days
/// begin anywhere.
///
/// @param from when it began
/// @param runs how often one was settled: a run that waits for its client is settled more than once
/// @param usage tokens
/// @param branches how many of the generated tokens agents spoke in parallel
/// @param money in millionths of the operator's currency
public record Use(
        Instant from,
        Spender spender,
        String model,
        Mode mode,
        long runs,
        Usage usage,
        long branches,
        long money) {
    /// Checks the parts.
    public Use {
        requireNonNull(from, "from is null");
        requireNonNull(spender, "spender is null");
        requireNonNull(model, "model is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(usage, "usage is null");
    }
}
