package dev.polymnia.agents;

import dev.polymnia.core.run.Outcome;

/// A way to come from a question to an answer.
sealed interface Strategy permits Single, Contemplate, Gather, Force {
    /// Answers the run's question; blocks, on the run's own thread.
    ///
    /// @throws dev.polymnia.core.Fault as [Assistant#answer]
    Outcome answer(Run run);
}
