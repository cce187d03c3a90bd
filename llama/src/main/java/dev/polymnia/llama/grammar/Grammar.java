package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.Map;

/// A compiled grammar: the set of texts that a branch may write. Immutable, thread-safe.
public final class Grammar {
    private final Network network;

    private Grammar(Network network) {
        this.network = network;
    }

    /// Compiles a grammar in GBNF, the notation of llama.cpp: rules `name ::= …` with literals,
    /// character classes, `.`, groups, alternatives, `* + ? {m} {m,} {m,n}` and comments. Every
    /// text begins with the rule `root`.
    ///
    /// Characters are code points and are compiled to the bytes of their UTF-8, so tokens that end
    /// inside of one are no special case.
    ///
    /// @param gbnf the grammar
    /// @throws Fault with `INVALID`, and the line and column of the place, if the text is not GBNF,
    ///   refers to tokens (`<think>`), has no rule `root`, refers to a rule that it does not
    ///   define, has a rule that begins with itself or that never ends, or is too large
    public static Grammar parse(String gbnf) {
        Source source = new Source(gbnf);
        if (gbnf.length() > Limits.TEXT) {
            throw source.fault(
                    0,
                    "%d characters are more than %d; use a smaller grammar."
                            .formatted(gbnf.length(), Limits.TEXT));
        }
        Map<String, Rule> rules = new GbnfReader(source).read();
        Rule root = RuleChecks.check(rules, source);
        return new Grammar(Compiler.compile(rules, root, source));
    }

    /// Returns the automata of its rules.
    Network network() {
        return network;
    }
}
