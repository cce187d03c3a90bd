package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import java.util.Map;

/// How a model likes to be asked: chosen on training questions, kept in the catalogue, published.
///
/// @param reasoning how the model is brought to think before it answers
/// @param modes the settings of each mode; complete
public record ModelProfile(ReasoningSwitch reasoning, Map<Mode, ModeSettings> modes) {
    /// Checks and copies the parts.
    public ModelProfile {
        requireNonNull(reasoning, "reasoning is null");
        modes = Map.copyOf(modes);
        for (Mode mode : Mode.values()) {
            if (!modes.containsKey(mode)) {
                throw new IllegalArgumentException("the profile has no settings for " + mode);
            }
        }
    }

    /// Returns the settings of a mode.
    public ModeSettings settings(Mode mode) {
        return requireNonNull(modes.get(mode));
    }

    /// How one mode asks.
    ///
    /// @param instruction stands in the system message; may be empty
    /// @param sampling how tokens are drawn
    /// @param maxTokens the most tokens of one agent
    public record ModeSettings(String instruction, Sampling sampling, int maxTokens) {
        /// Checks the parts.
        public ModeSettings {
            requireNonNull(instruction, "instruction is null");
            requireNonNull(sampling, "sampling is null");
            if (maxTokens < 1) {
                throw new IllegalArgumentException(
                        "at most " + maxTokens + " tokens; choose 1 or more");
            }
        }
    }
}
