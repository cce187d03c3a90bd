package dev.polymnia.llama.grammar;

import java.util.List;

/// What stands on the right of a rule. Immutable.
sealed interface Expression {
    /// The text itself; empty for nothing.
    ///
    /// @param text without lone surrogates
    record Literal(String text) implements Expression {}

    /// One code point of a set.
    ///
    /// @param set not empty, without surrogates
    record Characters(CodePoints set) implements Expression {}

    /// What a rule stands for.
    ///
    /// @param rule its name
    /// @param offset where the grammar says so, in characters
    record Reference(String rule, int offset) implements Expression {}

    /// One after the other.
    ///
    /// @param parts none for nothing
    record Sequence(List<Expression> parts) implements Expression {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /// One of several.
    ///
    /// @param options at least one
    record Choice(List<Expression> options) implements Expression {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /// The same several times.
    ///
    /// @param body what is repeated
    /// @param least how often at least
    /// @param most how often at most; [#ENDLESS] for any number
    record Repeat(Expression body, int least, int most) implements Expression {}

    /// The upper bound of a repetition that has none.
    int ENDLESS = Integer.MAX_VALUE;
}
