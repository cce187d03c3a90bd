package dev.polymnia.core;

import java.util.Locale;

/// How much thought a question is given.
public enum Mode {
    /// One agent answers at once.
    INSTANT,
    /// One agent reasons, then answers.
    THINKING,
    /// Several agents reason in parallel from one shared prompt and vote.
    CONTEMPLATING;

    /// Returns the word that people write: the name in small letters.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
