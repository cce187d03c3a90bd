package dev.polymnia.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /// Returns the mode that a word is for; empty if it is for none.
    public static Optional<Mode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
