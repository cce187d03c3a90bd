package dev.polymnia.models.toolcall;

/// What one more character made of a text that may be a call.
enum Verdict {
    /// More characters decide.
    OPEN,
    /// No call can come of it, yet it goes on: what stands in it is not searched for calls.
    WORDS,
    /// It has ended and may be read.
    WHOLE,
    /// It has ended, and no call can come of it.
    LOST
}
