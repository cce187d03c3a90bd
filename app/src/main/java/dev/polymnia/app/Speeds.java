package dev.polymnia.app;

import java.util.Locale;
import java.util.OptionalDouble;

/// How fast a model is on this machine, in tokens a second.
///
/// @param reading a prompt
/// @param alone one agent
/// @param together eight agents, all of them together
/// @param steady whether the eight said enough for a comparison
record Speeds(double reading, double alone, double together, boolean steady) {
    /// How many agents speak together.
    static final int AGENTS = 8;

    /// Returns by how many percent eight agents are faster than with another model; negative if
    /// they are slower; empty if that cannot be told.
    OptionalDouble gainOver(Speeds other) {
        return steady && other.steady
                ? OptionalDouble.of((together / other.together - 1) * 100)
                : OptionalDouble.empty();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "reading %.1f, 1 agent %.1f, %d agents together %.1f tokens/s",
                reading,
                alone,
                AGENTS,
                together);
    }
}
