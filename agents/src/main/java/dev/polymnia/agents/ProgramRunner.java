package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Approach;
import java.time.Duration;
import java.util.Optional;

/// Runs the programs that agents write, where they can do no harm. Thread-safe.
@FunctionalInterface
public interface ProgramRunner {
    /// Runs the program in an agent's words; blocks until it has ended.
    ///
    /// @return what came of it; a program that fails is no fault
    /// @throws dev.polymnia.core.Fault if nothing can be run; `CANCELLED` if the thread is
    ///   interrupted, after which nothing of the program is left
    Result run(Work work);

    /// What is to be run.
    ///
    /// @param kind a `PROGRAM`, whose result answers the question, or `CODE`, which is the answer
    /// @param question what was asked
    /// @param words all that the agent said
    /// @param longest how long it may run, more than 0; a runner may allow less
    record Work(Approach.Kind kind, String question, String words, Duration longest) {
        /// Checks the parts.
        public Work {
            requireNonNull(kind, "kind is null");
            requireNonNull(question, "question is null");
            requireNonNull(words, "words is null");
            requireNonNull(longest, "longest is null");
        }
    }

    /// What a program came to.
    ///
    /// @param output what it returned or printed last, or how it behaves; empty if it failed
    /// @param note why there is no output, or what it did not pass, for a person; empty if all is
    ///   well
    /// @param merit how much its vote counts by that alone, 0 to 1
    record Result(Optional<String> output, String note, double merit) {
        /// Checks the parts.
        public Result {
            requireNonNull(output, "output is null");
            requireNonNull(note, "note is null");
            if (!(merit >= 0 && merit <= 1)) {
                throw new IllegalArgumentException("a merit of " + merit + "; choose 0 to 1");
            }
        }

        /// Returns what a program came to that is as good as any.
        public static Result of(String output) {
            return new Result(Optional.of(output), "", 1);
        }

        /// Returns that a program came to nothing.
        ///
        /// @param why for a person
        public static Result failed(String why) {
            return new Result(Optional.empty(), why, 0);
        }
    }
}
