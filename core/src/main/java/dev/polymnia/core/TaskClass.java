package dev.polymnia.core;

import java.util.Locale;

/// What kind of answer a question wants. It decides how a team works on it.
public enum TaskClass {
    /// A short answer that can be compared: a number, a date, an option, yes or no.
    ANSWER,
    /// A program, or a part of one.
    CODE,
    /// Anything that is said in sentences.
    TEXT,
    /// An answer that needs tools.
    TOOLS;

    /// Returns the word that profiles use: the name in small letters.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the class that a word names.
    ///
    /// @throws IllegalArgumentException if there is none
    public static TaskClass named(String word) {
        for (TaskClass each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no class of questions; there are answer, code, text and tools"
                        .formatted(word));
    }
}
