package dev.polymnia.llama.grammar;

/// How large a grammar may be. Grammars come from strangers with their requests, and are compiled
/// and run beside everybody else's.
final class Limits {
    /// Characters of a grammar.
    static final int TEXT = 4 << 20;

    /// Rules of a grammar.
    static final int RULES = 50_000;

    /// Alternatives in one place.
    static final int ALTERNATIVES = 20_000;

    /// Parentheses and repetitions inside each other.
    static final int NESTING = 200;

    /// Times that something is repeated.
    static final int REPETITIONS = 65_536;

    /// Product of the repetitions inside each other.
    static final long NESTED_REPETITIONS = 1_000_000;

    /// Nodes of the automata of all rules.
    static final int NODES = 400_000;

    /// Entries of the sets of nodes that are looked at while the automata are made.
    static final long WORK = 8_000_000;

    /// Stacks that a state may hold.
    static final int STACKS = 4_096;

    /// Stacks that one byte may lead through.
    static final int VISITS = 16 * STACKS;

    /// States that are kept before all are forgotten.
    static final int STATES = 20_000;

    /// States that one look at the vocabulary may add.
    static final int MOST_STATES = 200_000;

    private Limits() {}
}
