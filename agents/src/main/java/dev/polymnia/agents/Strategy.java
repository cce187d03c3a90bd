package dev.polymnia.agents;

/// A way to come from a question to an answer.
sealed interface Strategy permits Single, Several, Contemplate, Gather, Force {
    /// Answers the run's question, or goes on with it; blocks, on the run's own thread.
    ///
    /// @throws dev.polymnia.core.Fault as [Assistant#answer]
    RunResult answer(Run run);
}
