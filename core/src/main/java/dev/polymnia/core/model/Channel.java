package dev.polymnia.core.model;

/// Where words go.
public enum Channel {
    /// What the model thinks; shown apart, collapsible, never part of the answer.
    REASONING,
    /// What the model says.
    ANSWER
}
