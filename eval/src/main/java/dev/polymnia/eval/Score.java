package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// How good an answer is.
///
/// @param value 0 (wrong) to 1 (right)
/// @param answer what was taken for the answer; empty if none was found
/// @param explanation why, for a person; may be empty
/// @param parts further values by name, such as `loose` of an instruction
public record Score(double value, String answer, String explanation, Map<String, Double> parts) {
    /// Checks and copies the parts.
    public Score {
        requireNonNull(answer, "answer is null");
        requireNonNull(explanation, "explanation is null");
        parts = Map.copyOf(parts);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a score of " + value);
        }
    }

    /// Returns the score of an answer that is right or wrong.
    public static Score of(boolean right, String answer, String explanation) {
        return new Score(right ? 1 : 0, answer, explanation, Map.of());
    }

    /// Returns whether it is the best there is.
    public boolean right() {
        return value == 1;
    }
}
