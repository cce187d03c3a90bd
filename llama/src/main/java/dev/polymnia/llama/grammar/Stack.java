package dev.polymnia.llama.grammar;

import org.jspecify.annotations.Nullable;

/// A node of the network, and below it the nodes where the rules that led to it go on. Stacks are
/// interned by their [Automaton], so equal ones are identical. Immutable but for its mark; confined
/// to the thread of the automaton.
final class Stack {
    private final int node;
    private final @Nullable Stack below;
    private final int number;
    private int mark;

    /// Creates a stack.
    ///
    /// @param node the top
    /// @param below the rest; null at the end of the text
    /// @param number tells apart the stacks of one automaton
    Stack(int node, @Nullable Stack below, int number) {
        this.node = node;
        this.below = below;
        this.number = number;
    }

    /// Returns the node on top.
    int node() {
        return node;
    }

    /// Returns the stack under the top; null at the end of the text.
    @Nullable Stack below() {
        return below;
    }

    /// Returns what tells it apart.
    int number() {
        return number;
    }

    /// Marks the stack.
    ///
    /// @return false if it had the same mark
    boolean mark(int next) {
        boolean isNew = mark != next;
        mark = next;
        return isNew;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Stack stack && node == stack.node && below == stack.below;
    }

    @Override
    public int hashCode() {
        return 31 * node + (below == null ? 0 : below.number + 1);
    }
}
