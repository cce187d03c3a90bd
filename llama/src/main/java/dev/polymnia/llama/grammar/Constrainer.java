package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.Objects;

/// Keeps the text of one branch inside a grammar: says which tokens may come next and follows the
/// tokens that are taken. Confined to one thread, together with its forks, which share its caches;
/// it may be made on another thread and handed over.
///
/// A sampler need not look at the whole vocabulary for every token. It draws without constraint and
/// asks whether the token is [allowed][#allows]; only if it is not, it takes the set of [all
/// allowed][#allowed] tokens and draws once more among them. That is exact: the first draw is kept
/// with exactly the probability that the allowed tokens have together, and the second has the
/// model's distribution restricted to them, so the outcome has it, too.
///
/// Every method except [#complete] and [#exhausted] may throw a [Fault] with `INVALID` if the text
/// can be read in too many ways at once ("the grammar is too ambiguous"); the constrainer then
/// stays where it was, and the branch has to be given up.
public final class Constrainer {
    private final Masks masks;
    private State state;

    /// Creates a constrainer that stands before the first token.
    ///
    /// @param grammar what may be written
    /// @param tokens the vocabulary of the model that writes
    /// @throws Fault with `INVALID` if the grammar is too ambiguous
    public Constrainer(Grammar grammar, TokenTrie tokens) {
        this.masks = new Masks(grammar, tokens);
        this.state = masks.automaton().first();
    }

    private Constrainer(Masks masks, State state) {
        this.masks = masks;
        this.state = state;
    }

    /// Returns a constrainer that stands at the same place and goes on alone; costs nothing. For
    /// tokens that are only proposed and may be rejected, and for several branches of one grammar.
    public Constrainer fork() {
        return new Constrainer(masks, state);
    }

    /// Returns whether a token may come next. One that ends the turn may if the text may end here;
    /// one that stands for no bytes never may. The last byte of a token may lie inside a code
    /// point.
    ///
    /// @param token its number in the vocabulary
    public boolean allows(int token) {
        Objects.checkIndex(token, masks.tokens().size());
        if (masks.tokens().ends(token)) {
            return state.complete();
        }
        return !masks.tokens().isEmpty(token) && !after(token).isDead();
    }

    /// Goes on by a token. One that ends the turn changes nothing.
    ///
    /// @param token its number in the vocabulary
    /// @throws IllegalArgumentException if it is not [allowed][#allows]
    public void accept(int token) {
        if (!allows(token)) {
            throw new IllegalArgumentException(
                    "token " + token + " is not allowed by the grammar here");
        }
        if (!masks.tokens().ends(token)) {
            state = after(token);
        }
    }

    /// Goes on by a text that was not drawn, such as a forced beginning.
    ///
    /// @param utf8 the text; its last byte may lie inside a code point
    /// @return false if the grammar does not allow it here; then nothing has changed
    public boolean acceptText(byte[] utf8) {
        adopt();
        State next = masks.automaton().step(state, utf8, 0, utf8.length);
        if (next.isDead()) {
            return false;
        }
        state = next;
        return true;
    }

    /// Returns the tokens that may come next: token `t` is bit `t % 64` of element `t / 64`. Holds
    /// the tokens that end the turn if the text may end here. Empty if the vocabulary cannot write
    /// what has to come next.
    ///
    /// The first look from a state takes a walk through the vocabulary, milliseconds where a
    /// grammar allows nearly all of it; the sets of the latest 128 states are kept.
    ///
    /// @return one bit per token; shared, not to be changed
    public long[] allowed() {
        adopt();
        return masks.allowed(state);
    }

    /// Returns whether the text may end here.
    public boolean complete() {
        return state.complete();
    }

    /// Returns whether the text can only end here.
    public boolean exhausted() {
        return state.complete() && state.isStuck();
    }

    private State after(int token) {
        adopt();
        return masks.tokens().step(masks.automaton(), state, token);
    }

    private void adopt() {
        state = masks.automaton().adopt(state);
    }
}
