package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.server.people.Spender;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a run has come to and what it spent; of a run that waits for its client's tools, what it
/// spent since it began or went on.
///
/// @param run names it
/// @param spender whose it is
/// @param model that answered
/// @param mode how much thought it was given
/// @param end `answered`, `suspended`, `broken`, or the fault's code in small letters
/// @param usage its tokens
/// @param branches how many of those generated agents spoke in parallel
/// @param money what they cost, in millionths of the operator's currency
/// @param first how long it took from asking to the first event, waiting included; null if none
///   came
record Settled(
        String run,
        Spender spender,
        String model,
        Mode mode,
        String end,
        Usage usage,
        long branches,
        long money,
        @Nullable Duration first) {
    static final String ANSWERED = "answered";
    static final String SUSPENDED = "suspended";
    static final String BROKEN = "broken";

    /// Checks the parts.
    Settled {
        requireNonNull(run, "run is null");
        requireNonNull(spender, "spender is null");
        requireNonNull(model, "model is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(end, "end is null");
        requireNonNull(usage, "usage is null");
    }
}
