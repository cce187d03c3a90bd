package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/// Runs the programs that agents write instead of words, where they can do no harm. Thread-safe.
@FunctionalInterface
public interface ProgramRunner {
    /// Runs the program in an agent's words; blocks until it has ended.
    ///
    /// @param words all that the agent said
    /// @param longest how long it may run, more than 0; a runner may allow less
    /// @return what came of it; a program that fails is no fault
    /// @throws dev.polymnia.core.Fault if nothing can be run; `CANCELLED` if the thread is
    ///   interrupted, after which nothing of the program is left
    Result run(String words, Duration longest);

    /// What a program came to.
    ///
    /// @param output what it returned or printed last; empty if it failed
    /// @param note why there is no output, for a person; empty if there is one
    record Result(Optional<String> output, String note) {
        /// Checks the parts.
        public Result {
            requireNonNull(output, "output is null");
            requireNonNull(note, "note is null");
        }
    }
}
