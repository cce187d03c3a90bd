package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.llama.grammar.Constrainer;
import dev.polymnia.llama.grammar.Grammar;
import dev.polymnia.llama.text.TokenFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the answer of one turn inside a grammar; thoughts before it are free. Confined to the
/// engine thread, but for its making.
final class Answer implements TokenFilter {
    private final Grammars grammars;
    private final @Nullable Grammar grammar;
    private final Turn turn;
    private @Nullable Constrainer constrainer;

    /// @param grammar empty for a free answer
    Answer(Grammars grammars, Optional<Grammar> grammar, Turn turn) {
        this.grammars = grammars;
        this.grammar = grammar.orElse(null);
        this.turn = turn;
    }

    /// Returns what the next token may be.
    TokenFilter filter() {
        Grammar rules = grammar;
        if (rules == null || turn.isThinking()) {
            return TokenFilter.ALL;
        }
        if (constrainer == null) {
            constrainer = grammars.begin(rules, turn.answer());
        }
        return this;
    }

    @Override
    public boolean allows(int token) {
        return bound().allows(token);
    }

    @Override
    public long[] allowed() {
        long[] allowed = bound().allowed();
        for (long bits : allowed) {
            if (bits != 0) {
                return allowed;
            }
        }
        throw new Fault(
                Fault.Code.INVALID,
                "The vocabulary of this model has no token with which the answer could go on inside"
                        + " its schema or grammar; allow other characters.");
    }

    /// Goes on by the token that was drawn.
    void accept(int token) {
        if (constrainer != null) {
            constrainer.accept(token);
        }
    }

    /// Returns whether the answer is whole and can only end here.
    boolean isWhole() {
        return constrainer != null && constrainer.exhausted();
    }

    private Constrainer bound() {
        if (constrainer == null) {
            throw new IllegalStateException("the answer has not begun");
        }
        return constrainer;
    }
}
