package dev.polymnia.app;

import java.util.Locale;

/// How fast a model is on this machine, in tokens a second.
///
/// @param reading a prompt
/// @param alone one agent
/// @param together eight agents, all of them together
record Speeds(double reading, double alone, double together) {
    /// How many agents speak together.
    static final int AGENTS = 8;

    /// Returns by how many percent eight agents are faster than with another model; negative if
    /// they are slower.
    double gainOver(Speeds other) {
        return other.together <= 0 ? 0 : (together / other.together - 1) * 100;
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
