package dev.polymnia.llama.grammar;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the constrainers of one grammar and one vocabulary share: the automaton and the sets of
/// allowed tokens of the latest states. Confined to one thread.
final class Masks {
    private static final int KEPT = 128;

    private final Automaton automaton;
    private final TokenTrie tokens;
    private final Map<State, long[]> latest =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<State, long[]> eldest) {
                    return size() > KEPT;
                }
            };

    Masks(Grammar grammar, TokenTrie tokens) {
        this.automaton = new Automaton(grammar.network());
        this.tokens = tokens;
    }

    /// Returns the automaton.
    Automaton automaton() {
        return automaton;
    }

    /// Returns the vocabulary.
    TokenTrie tokens() {
        return tokens;
    }

    /// Returns the tokens that are allowed in a state.
    long[] allowed(State state) {
        long[] known = latest.get(state);
        if (known == null) {
            known = tokens.allowed(automaton, state);
            latest.put(state, known);
        }
        return known;
    }
}
