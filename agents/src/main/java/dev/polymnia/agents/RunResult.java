package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.run.Outcome;

/// How a run came to rest: with an answer, or because its client has to run tools.
public sealed interface RunResult permits RunResult.Answered, Suspended {
    /// The run is over.
    ///
    /// @param outcome the answer
    record Answered(Outcome outcome) implements RunResult {
        /// Checks the part.
        public Answered {
            requireNonNull(outcome, "outcome is null");
        }
    }
}
