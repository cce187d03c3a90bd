package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// How a model is brought to think before it answers.
public sealed interface ReasoningSwitch {
    /// The model has no channel of its own: the mode's instruction asks for steps, then a line that
    /// starts with the marker and holds the answer; what stands before it is taken as reasoning.
    ///
    /// @param answerMarker for example `Answer:`
    record Instructed(String answerMarker) implements ReasoningSwitch {
        /// Checks the parts.
        public Instructed {
            if (answerMarker.isBlank()) {
                throw new IllegalArgumentException("the answer marker is blank");
            }
        }
    }

    /// The model writes its thoughts between two tags.
    ///
    /// @param open for example `<think>`
    /// @param close for example `</think>`
    /// @param on template variables that switch the thoughts on
    /// @param off template variables that switch them off; empty if they cannot be
    record Tagged(String open, String close, Map<String, Object> on, Map<String, Object> off)
            implements ReasoningSwitch {
        /// Checks and copies the parts.
        public Tagged {
            requireNonNull(open, "open is null");
            requireNonNull(close, "close is null");
            on = Map.copyOf(on);
            off = Map.copyOf(off);
        }
    }
}
