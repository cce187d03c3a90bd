package dev.polymnia.eval.ifeval;

import java.util.function.Predicate;

/// A kind of instruction, such as `punctuation:no_comma`.
@FunctionalInterface
interface Kind {
    /// Reads the arguments of one instruction.
    ///
    /// @return tells whether a response, which is not blank, follows the instruction
    /// @throws dev.polymnia.core.Fault with `INVALID` if an argument is missing or ill-typed
    Predicate<String> bind(Arguments arguments);
}
