package dev.polymnia.eval.bank;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Chain;
import dev.polymnia.core.model.Usage;

/// A chain that a bank holds.
///
/// @param chain what votes
/// @param value how good it is by itself, 0 to 1
/// @param usage its tokens
record Held(Chain chain, double value, Usage usage) {
    /// Checks the parts.
    Held {
        requireNonNull(chain, "chain is null");
        requireNonNull(usage, "usage is null");
    }

    long length() {
        return chain.length();
    }

    /// Returns it at another place in a vote.
    Held at(int number) {
        return new Held(chain.withNumber(number), value, usage);
    }
}
