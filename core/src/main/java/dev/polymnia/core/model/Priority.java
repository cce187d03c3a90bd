package dev.polymnia.core.model;

/// Who goes first when a model cannot do everything at once. A remote model does not pass it on:
/// endpoints have no field for it that works without a setting of the server.
public enum Priority {
    /// A person waits for the words.
    INTERACTIVE,
    /// Nobody waits: goes on when there is room beside the interactive ones, but always goes on.
    BACKGROUND
}
