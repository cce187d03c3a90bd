package dev.polymnia.llama.grammar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where a text stands in its grammar: all stacks that the next byte may be taken from. States are
/// interned by their [Automaton], so equal ones are identical. Immutable but for the transitions it
/// remembers; confined to the thread of the automaton.
final class State {
    private final Stack[] stacks;
    private final boolean complete;
    private final int age;
    private State @Nullable [] next;

    /// Creates a state.
    ///
    /// @param stacks in the order of their numbers, each with edges over bytes on top; not copied
    /// @param complete whether the text may end here
    /// @param age of the automaton
    State(Stack[] stacks, boolean complete, int age) {
        this.stacks = stacks;
        this.complete = complete;
        this.age = age;
    }

    /// Returns the stacks; not to be changed.
    Stack[] stacks() {
        return stacks;
    }

    /// Returns whether the text may end here.
    boolean complete() {
        return complete;
    }

    /// Returns whether no byte can follow.
    boolean isStuck() {
        return stacks.length == 0;
    }

    /// Returns whether no byte can follow and the text may not end.
    boolean isDead() {
        return stacks.length == 0 && !complete;
    }

    /// Returns the age of the automaton that made it.
    int age() {
        return age;
    }

    /// Returns the state that bytes of a class lead to; null if that is not known yet.
    @Nullable State next(int byteClass) {
        return next == null ? null : next[byteClass];
    }

    /// Remembers where the bytes of a class lead.
    ///
    /// @param classes how many classes there are
    void remember(int byteClass, State state, int classes) {
        if (next == null) {
            next = new State[classes];
        }
        next[byteClass] = state;
    }

    /// Forgets where bytes lead.
    void forget() {
        next = null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof State state
                && complete == state.complete
                && Arrays.equals(stacks, state.stacks);
    }

    @Override
    public int hashCode() {
        int hash = complete ? 1 : 0;
        for (Stack each : stacks) {
            hash = 31 * hash + each.number();
        }
        return hash;
    }
}
