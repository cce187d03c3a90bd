package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;

/// The text of a grammar, which knows the lines and columns of its faults.
///
/// @param text in GBNF
record Source(String text) {
    /// Makes a fault at a place.
    ///
    /// @param offset the place, in characters
    /// @param what happened, and what to do
    Fault fault(int offset, String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = text.codePointCount(lineStart, offset) + 1;
        return new Fault(
                Fault.Code.INVALID,
                "Line %d, column %d of the grammar: %s".formatted(line, column, what));
    }
}
