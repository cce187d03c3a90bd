package dev.polymnia.core.model;

/// Tokens spent.
///
/// @param cached prompt tokens that the model held already and did not read again
/// @param computed prompt tokens that were read
/// @param generated tokens that were sampled, reasoning and answer together, the end token included
public record Usage(long cached, long computed, long generated) {
    /// Nothing spent.
    public static final Usage NONE = new Usage(0, 0, 0);

    /// Checks the parts.
    public Usage {
        if (cached < 0 || computed < 0 || generated < 0) {
            throw new IllegalArgumentException(
                    "negative usage: " + cached + ", " + computed + ", " + generated);
        }
    }

    /// Returns the number of prompt tokens, cached or not.
    public long prompt() {
        return cached + computed;
    }

    /// Returns the sum of this and another.
    public Usage plus(Usage other) {
        return new Usage(
                cached + other.cached, computed + other.computed, generated + other.generated);
    }
}
