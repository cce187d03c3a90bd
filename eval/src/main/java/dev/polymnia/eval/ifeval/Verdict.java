package dev.polymnia.eval.ifeval;

import java.util.List;

/// Whether a response follows each of its instructions, in the order of the instructions.
///
/// @param strict the response as it is
/// @param loose the response as it is or in one of its variants (section 2.2 of the paper); true
///   wherever `strict` is
public record Verdict(List<Boolean> strict, List<Boolean> loose) {
    /// Checks and copies the parts.
    public Verdict {
        strict = List.copyOf(strict);
        loose = List.copyOf(loose);
        if (strict.size() != loose.size()) {
            throw new IllegalArgumentException(
                    strict.size() + " strict and " + loose.size() + " loose verdicts");
        }
    }

    /// Returns whether all instructions are followed strictly (prompt level).
    public boolean isStrict() {
        return !strict.contains(false);
    }

    /// Returns whether all instructions are followed loosely (prompt level).
    public boolean isLoose() {
        return !loose.contains(false);
    }
}
