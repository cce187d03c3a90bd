package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/// What an answer is scored against.
public sealed interface Target {
    /// Words or a number, compared by the scorer's rule.
    ///
    /// @param accepted the right answers, at least one
    record Answers(List<String> accepted) implements Target {
        /// Copies and checks the parts.
        public Answers {
            accepted = List.copyOf(accepted);
            if (accepted.isEmpty()) {
                throw new IllegalArgumentException("no accepted answer");
            }
        }
    }

    /// One of several options.
    ///
    /// @param options their texts, in order; at least two
    /// @param right the index of the right one, from 0
    record Choice(List<String> options, int right) implements Target {
        /// Copies and checks the parts.
        public Choice {
            options = List.copyOf(options);
            if (options.size() < 2 || right < 0 || right >= options.size()) {
                throw new IllegalArgumentException(right + " of " + options.size() + " options");
            }
        }
    }

    /// A Python function that has to pass tests.
    ///
    /// @param prefix what the program begins with before the model's code: the signature and
    ///   docstring that the prompt shows (HumanEval), or nothing
    /// @param entryPoint the name of the function; empty if only the tests name it
    /// @param setup what the tests import
    /// @param shown tests that the prompt shows; the only ones a strategy may see
    /// @param hidden all tests that decide; each a statement or a whole program fragment
    record Tests(
            String prefix, String entryPoint, String setup, List<String> shown, List<String> hidden)
            implements Target {
        /// Copies and checks the parts.
        public Tests {
            requireNonNull(prefix, "prefix is null");
            requireNonNull(entryPoint, "entryPoint is null");
            requireNonNull(setup, "setup is null");
            shown = List.copyOf(shown);
            hidden = List.copyOf(hidden);
            if (hidden.isEmpty()) {
                throw new IllegalArgumentException("no test");
            }
        }
    }

    /// Instructions that can be checked without a person (IFEval).
    ///
    /// @param instructions at least one
    record Instructions(List<Instruction> instructions) implements Target {
        /// Copies and checks the parts.
        public Instructions {
            instructions = List.copyOf(instructions);
            if (instructions.isEmpty()) {
                throw new IllegalArgumentException("no instruction");
            }
        }
    }

    /// One of them.
    ///
    /// @param id its kind, for example `punctuation:no_comma`
    /// @param arguments by name; a value is a [String], a [Long], a [Double] or a list of strings
    record Instruction(String id, Map<String, Object> arguments) {
        /// Copies and checks the parts.
        public Instruction {
            requireNonNull(id, "id is null");
            arguments = Map.copyOf(arguments);
        }
    }
}
